// The data block of the page and what is worked out from it: the state of every place on a day.
// Its shape is `MapData` in whoholds/views/mapshape.py.
import { dayOf } from "./dates";

export interface Spell {
  start: string | null;
  /** The first day it is drawn for: `start`, or where that is open, some time before the first evidence. */
  begins?: string | null;
  end: string | null;
  status: string;
  holders: string[];
  support: number;
  fighting: boolean;
  disputed: boolean;
  divided: boolean;
  claims: string[];
  against: string[];
  /** Days, and times ("2031-01-01/2031-02-14"), for which somebody says who has it. */
  evidence: string[];
}

export interface Account {
  side: string | null;
  spells: Spell[];
}

/** An answer taken apart. */
export interface Why {
  /** The day it was for. */
  day: string;
  answer: string;
  support: number;
  reasons: Reason[];
  /** The fewest claims without which the answer would be `instead`. */
  shortest: string[];
  instead: string | null;
}

/** What one witness adds to the answer of a day. */
export interface Reason {
  /** Id of the claim that stands for the witness. */
  claim: string;
  weight: number;
  /** Support of the answer without it. */
  without: number;
  /** Who would have the place without it, in words; empty where the answer is the same. */
  instead: string;
}

export interface PlaceData {
  id: string;
  name: string;
  type: string;
  lat?: number;
  lon?: number;
  radius_km: number | null;
  country: string | null;
  basis: string;
  spells: Spell[];
  accounts?: Account[];
  /** What each witness adds to the latest answer. */
  why?: Why;
  /** The place as known from a day on, until the next. */
  versions?: { known: string; spells: Spell[] }[];
}

export interface Voice {
  name: string | null;
  role: string | null;
  anonymous: boolean;
  told: string | null;
  side?: string | null;
}

export interface Claim {
  kind: string;
  actor: string | null;
  against: string | null;
  mode: string;
  stance: string;
  extent: string | null;
  part?: string | null;
  start: string | null;
  end: string | null;
  voices: Voice[];
  report: string;
  /** Id of the place it is about. */
  place?: string;
  origin?: string;
  context: string;
  quote: [number, number];
  marks: [number, number, string][];
}

export interface Report {
  label: string;
  title: string | null;
  outlet: string | null;
  url: string | null;
  published: string | null;
}

export interface MapData {
  title: string;
  disclaimer: string;
  made: { program: string; asked: { on: string | null; known: string | null } };
  actors: Record<string, { name: string; colour: string }>;
  places: PlaceData[];
  unplaced: PlaceData[];
  claims: Record<string, Claim>;
  reports: Record<string, Report>;
  /** Names of countries by their codes. */
  countries?: Record<string, string>;
  histogram?: [string, number][];
  clock?: string[];
}

/** A spell with its ends as day numbers; open ends are infinite. */
export interface Stretch {
  spell: Spell;
  from: number;
  to: number;
  /** Days of its evidence, once they have been asked for. */
  evidence: Days | null;
}

type Days = { start: number; last: number }[];

export interface Place {
  data: PlaceData;
  placed: boolean;
  stretches: Stretch[];
}

export interface State {
  place: Place;
  /** None where no spell covers the day. */
  spell: Spell | null;
  /** The day the spell began. */
  since: number;
  status: string;
  /** Days since the last evidence up to the day; null where there is none yet. */
  age: number | null;
  /** Nobody has said for long who has it. */
  stale: boolean;
}

/** As in whoholds/views/states.py: an answer whose last evidence is older is called stale. Days. */
export const STALE = 180;

/** Answers to "what stands behind this id", for the whole file or for one place. */
export interface Records {
  claims: Record<string, Claim>;
  reports: Record<string, Report>;
}

export function own<T>(table: Record<string, T>, id: string): T | null {
  return Object.hasOwn(table, id) ? (table[id] ?? null) : null;
}

/** The last day that the claim's words speak of, or that its report came out on. */
export function lastDay(claim: Claim, records: Records): number | null {
  return dayOf(claim.end) ?? dayOf(own(records.reports, claim.report)?.published ?? null) ?? dayOf(claim.start);
}

export function stretchesOf(spells: Spell[]): Stretch[] {
  return spells
    .map((spell) => ({
      spell,
      from: dayOf(spell.start) ?? dayOf(spell.begins ?? null) ?? -Infinity,
      to: dayOf(spell.end) ?? Infinity,
      evidence: null,
    }))
    .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
}

/** The spell that covers a day, with its ends. */
export function stretchOn(stretches: Stretch[], day: number): Stretch | null {
  let found: Stretch | null = null;
  for (const stretch of stretches) {
    if (stretch.from > day) break;
    if (day <= stretch.to) found = stretch;
  }
  return found;
}

function evidenceOf(spell: Spell): Days {
  return spell.evidence.flatMap((told) => {
    const [start, last] = told.split("/").map(dayOf);
    return start == null ? [] : [{ start, last: last ?? start }];
  });
}

function ageOf(stretch: Stretch, day: number): number | null {
  let latest = -Infinity;
  for (const { start, last } of (stretch.evidence ??= evidenceOf(stretch.spell))) {
    // Words about a time that runs past the day are evidence for the day only if that time had begun by then.
    const at = last <= day ? last : start <= day ? day : -Infinity;
    if (at > latest) latest = at;
  }
  return latest === -Infinity ? null : day - latest;
}

/** The first spell of an answer: what is told of the same holder without a gap, fought over or not, is one answer. */
export function firstOf(stretches: Stretch[], spell: Spell): Spell {
  let first = stretches.findIndex((stretch) => stretch.spell === spell);
  while (first > 0 && isOneAnswer(stretches[first - 1]!.spell, spell)) first -= 1;
  return stretches[first]?.spell ?? spell;
}

/** As in whoholds/views/states.py. */
function isOneAnswer(before: Spell, spell: Spell): boolean {
  if (before.status !== spell.status || before.holders.join() !== spell.holders.join()) return false;
  return spell.status === "held" || before.claims.some((claim) => spell.claims.includes(claim));
}

/** The state of a place by some of its spells: those of the map, of an account, or of its evidence. */
export function stateBy(place: Place, stretches: Stretch[], day: number): State {
  const stretch = stretchOn(stretches, day);
  if (!stretch) return { place, spell: null, since: day, status: "unknown", age: null, stale: false };
  const { spell, from } = stretch;
  const age = ageOf(stretch, day);
  return { place, spell, since: from, status: spell.status, age, stale: spell.status !== "unknown" && age !== null && age > STALE };
}

