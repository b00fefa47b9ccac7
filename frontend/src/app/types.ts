// The shapes of the API that the pages use (docs/api.md has all).
import type { Claim, MapData, Report } from "../data";

export interface About {
  program: string;
  disclaimer: string;
  ledger: string;
  counts: { reports: number; claims: number; places: number; issues: number };
  index: Index;
  write: boolean;
  tiles: string | null;
  first_day: string | null;
  last_day: string | null;
  last_published: string | null;
  reviewer: string;
  limits: { files: number; file_bytes: number; upload_bytes: number; text_characters: number; page: number };
}

export interface Index {
  ready: boolean;
  version: string;
  fraction: number;
  doing: string;
  fault?: string | null;
}

export interface PlaceDetail {
  place: { place_id: string; place: string; place_type: string; country: string | null; lat: number | null; lon: number | null; radius_km: number | null; place_basis: string };
  map: MapData;
  state: { accounts: { side: string | null; status: string; holders: string[]; support: number }[] } | null;
  witnesses: { claims: string[] }[];
  claims: Record<string, Claim>;
  reports: Record<string, Report>;
  actors: MapData["actors"];
  truncated: boolean;
}

export interface WhyDetail {
  day: string;
  answer: string;
  support: number;
  reasons: { claim: string; weight: number; without_it: number; answer_without_it: string }[];
  shortest: string[];
  instead: string | null;
}

/** A claim with every field, as in `whoholds claims`. */
export type Fields = Record<string, unknown> & { id: string; place: string };

export interface ClaimDetail {
  claim: Fields;
  shown: Claim;
  report: Report;
  judgements: Judgement[];
  actors: MapData["actors"];
}

export interface ReportDetail {
  report_id: string;
  label: string;
  title: string | null;
  outlet: string | null;
  url: string | null;
  published_end: string | null;
  text: string;
  start: number;
  length: number;
  claims: (Fields & { quote_start: number; quote_end: number; anchors?: Record<string, [number, number] | null> })[];
  copies: string[];
}

export interface Histogram {
  bins: { day: string; claims: number }[];
}

export interface Judgement {
  id: number;
  at: string;
  by: string;
  verdict: string;
  claim: string | null;
  place: string | null;
  quote: string | null;
  reason: string;
  undoes: number | null;
  undone: boolean;
  anchored: string | null;
}

export interface QueueItem {
  claim: Fields;
  shown: Claim;
  report: Report;
  score: number;
  doubt: number;
  consequence: number;
  because: string[];
}

export interface Queue {
  items: QueueItem[];
  actors: MapData["actors"];
  left: number;
  judged: number;
  next: string | null;
}

export interface Coder {
  name: string;
  judgements: number;
  right: number;
  wrong: number;
  changed: number;
  last: string | null;
}

export interface Agreement {
  both: number;
  agreed: number;
  kappa: number | null;
  f1: number | null;
  disagreements: { claim: string; quote: string; place: string; one: string; other: string; fields: string[] }[];
}

export interface PlaceCandidate {
  place_id: string;
  place: string;
  place_type: string;
  country_name: string | null;
  admin: string | null;
  lat: number | null;
  lon: number | null;
  population: number;
  known: boolean;
}

export interface ActorHit {
  id: string;
  name: string;
  claims: number;
}

export interface Issue {
  code: string;
  severity: string;
  message: string;
  source: string;
  place: string;
}

export interface Job {
  id: string;
  state: "waiting" | "reading" | "done" | "failed" | "stopped";
  files: string[];
  total: number | null;
  done: number;
  reports_new: number;
  reports_known: number;
  claims: number;
  places: string[];
  place_names: Record<string, string>;
  issues: Issue[];
  fault: string | null;
}
