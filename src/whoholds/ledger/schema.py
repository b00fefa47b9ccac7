"""The tables. Written once for every backend: no type and no default that only one database knows.

A report is its text, stored once and never changed. A reading is what one version of the program made of it (how the
page is divided, when it was published, the claims); the latest reading is the one that answers, the others stay.
"""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

SCHEMA_VERSION = 4
"""Raised with every change of a table; `store.MIGRATIONS` then says how to get there."""

metadata = MetaData()

about = Table(
    "whoholds_ledger",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)

reports = Table(
    "reports",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("label", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("url", Text),
    Column("stated_date", Text),
    Column("raw_hash", String(64), nullable=False),
    Column("source", Text, nullable=False),
    Column("first_read_at", String(40), nullable=False),
)

readings = Table(
    "readings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("report_id", ForeignKey("reports.id"), nullable=False),
    Column("made_by", String(200), nullable=False),
    Column("read_at", String(40), nullable=False),
    Column("sections", Text, nullable=False),
    Column("title", Text),
    Column("outlet", Text),
    Column("lang", String(20), nullable=False),
    Column("published_start", Date),
    Column("published_end", Date),
    Column("published_basis", Text),
    Column("published_precision", String(20)),
    UniqueConstraint("report_id", "made_by", name="one_reading_a_version"),
)

claims = Table(
    "claims",
    metadata,
    Column("reading_id", ForeignKey("readings.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("claim_id", String(64), nullable=False),
    Column("report_id", String(64), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("mode", String(20), nullable=False),
    Column("stance", String(20), nullable=False),
    Column("extent", String(20)),
    Column("actor", Text),
    Column("against", Text),
    Column("speaker", Text),
    Column("place_id", Text, nullable=False),
    Column("place_name", Text, nullable=False),
    Column("place_type", String(20), nullable=False),
    Column("place_basis", String(40), nullable=False),
    Column("country", String(3)),
    Column("lat", Float),
    Column("lon", Float),
    Column("radius_km", Float),
    Column("first_day", Date),
    Column("last_day", Date),
    Column("published_end", Date),
    Column("confidence", Float, nullable=False),
    Column("data", Text, nullable=False),
    Index("claims_by_place", "place_id"),
    Index("claims_by_id", "claim_id"),
    Index("claims_by_type", "place_type"),
)
"""Columns for what is asked about; `data` is the full claim (codec.py) and what a claim is read back from."""

issues = Table(
    "issues",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("reading_id", ForeignKey("readings.id")),
    Column("code", String(80), nullable=False),
    Column("severity", String(20), nullable=False),
    Column("message", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("seen_at", String(40), nullable=False),
    Index("issues_by_reading", "reading_id"),
)
"""`reading_id` is null for a fault of an input that never became a report (an empty file, a broken line)."""

signatures = Table(
    "signatures",
    metadata,
    Column("report_id", ForeignKey("reports.id"), primary_key=True),
    Column("data", LargeBinary, nullable=False),
)
"""By which near copies are found (`resolve.signatures`); a report too short for one has no row."""

corrections = Table(
    "corrections",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("made_at", String(40), nullable=False),
    Column("by", Text, nullable=False),
    Column("verdict", String(20), nullable=False),
    Column("claim_id", String(64)),
    Column("place_id", Text),
    Column("data", Text, nullable=False),
    Index("corrections_by_place", "place_id"),
    Index("corrections_by_claim", "claim_id"),
)
"""What people say about claims and places. They stand beside what the machine read; nothing is overwritten."""

place_names = Table(
    "place_names",
    metadata,
    Column("place_id", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("key", Text, nullable=False),
    Index("place_names_by_key", "key"),
)
"""Every name that a claim gave a place, with its folded form: a question about one place need not look through all."""

judgements = Table(
    "judgements",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("one", Text, nullable=False),
    Column("other", Text, nullable=False),
    Column("verdict", String(10), nullable=False),
    Column("made_by", Text, nullable=False),
    Column("made_at", String(40), nullable=False),
    Column("reason", Text, nullable=False),
)
"""Whether two names are one person. Only added to: the latest of a pair counts, and "open" takes it back."""
