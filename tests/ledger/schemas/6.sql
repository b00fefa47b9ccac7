CREATE TABLE corrections (
  id INTEGER NOT NULL,
  made_at VARCHAR(40) NOT NULL,
  "by" TEXT NOT NULL,
  verdict VARCHAR(20) NOT NULL,
  claim_id VARCHAR(64),
  place_id TEXT,
  data TEXT NOT NULL,
  PRIMARY KEY (id)
);
CREATE INDEX corrections_by_claim ON corrections (claim_id);
CREATE INDEX corrections_by_place ON corrections (place_id);
CREATE TABLE judgements (
  id INTEGER NOT NULL,
  one TEXT NOT NULL,
  other TEXT NOT NULL,
  verdict VARCHAR(10) NOT NULL,
  made_by TEXT NOT NULL,
  made_at VARCHAR(40) NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (id)
);
CREATE TABLE place_names (
  place_id TEXT NOT NULL,
  name TEXT NOT NULL,
  "key" TEXT NOT NULL,
  PRIMARY KEY (place_id, name)
);
CREATE INDEX place_names_by_key ON place_names ("key");
CREATE TABLE reports (
  id VARCHAR(64) NOT NULL,
  label TEXT NOT NULL,
  text TEXT NOT NULL,
  url TEXT,
  stated_date TEXT,
  raw_hash VARCHAR(64) NOT NULL,
  source TEXT NOT NULL,
  first_read_at VARCHAR(40) NOT NULL,
  PRIMARY KEY (id)
);
CREATE TABLE whoholds_ledger (
  name VARCHAR(40) NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (name)
);
CREATE TABLE readings (
  id INTEGER NOT NULL,
  report_id VARCHAR(64) NOT NULL,
  made_by VARCHAR(200) NOT NULL,
  read_at VARCHAR(40) NOT NULL,
  sections TEXT NOT NULL,
  title TEXT,
  outlet TEXT,
  lang VARCHAR(20) NOT NULL,
  published_start DATE,
  published_end DATE,
  published_basis TEXT,
  published_precision VARCHAR(20),
  PRIMARY KEY (id),
  CONSTRAINT one_reading_a_version UNIQUE (report_id, made_by),
  FOREIGN KEY(report_id) REFERENCES reports (id)
);
CREATE TABLE signatures (
  report_id VARCHAR(64) NOT NULL,
  data BLOB NOT NULL,
  PRIMARY KEY (report_id),
  FOREIGN KEY(report_id) REFERENCES reports (id)
);
CREATE TABLE claims (
  reading_id INTEGER NOT NULL,
  number INTEGER NOT NULL,
  claim_id VARCHAR(64) NOT NULL,
  report_id VARCHAR(64) NOT NULL,
  kind VARCHAR(20) NOT NULL,
  mode VARCHAR(20) NOT NULL,
  stance VARCHAR(20) NOT NULL,
  extent VARCHAR(20),
  actor TEXT,
  against TEXT,
  speaker TEXT,
  place_id TEXT NOT NULL,
  place_name TEXT NOT NULL,
  place_type VARCHAR(20) NOT NULL,
  place_basis VARCHAR(40) NOT NULL,
  country VARCHAR(3),
  lat FLOAT,
  lon FLOAT,
  radius_km FLOAT,
  first_day DATE,
  last_day DATE,
  published_end DATE,
  confidence FLOAT NOT NULL,
  data TEXT NOT NULL,
  PRIMARY KEY (reading_id, number),
  FOREIGN KEY(reading_id) REFERENCES readings (id)
);
CREATE INDEX claims_by_id ON claims (claim_id);
CREATE INDEX claims_by_place ON claims (place_id);
CREATE INDEX claims_by_type ON claims (place_type);
CREATE TABLE issues (
  id INTEGER NOT NULL,
  reading_id INTEGER,
  code VARCHAR(80) NOT NULL,
  severity VARCHAR(20) NOT NULL,
  message TEXT NOT NULL,
  source TEXT NOT NULL,
  place TEXT NOT NULL,
  seen_at VARCHAR(40) NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY(reading_id) REFERENCES readings (id)
);
CREATE INDEX issues_by_source ON issues (reading_id, source);
