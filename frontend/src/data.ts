// The data block of the page and what is worked out from it: the state of every place on a day.
// Its shape is `MapData` in whoholds/exports/map.py.
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
}

export interface Voice {
  name: string | null;
  role: string | null;
  anonymous: boolean;
  told: string | null;
}

export interface Claim {
  kind: string;
  actor: string | null;
  against: string | null;
  mode: string;
  stance: string;
  extent: string | null;
  start: string | null;
  end: string | null;
  voices: Voice[];
  report: string;
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
}

/** A spell with its ends as day numbers; open ends are infinite. */
export interface Stretch {
  spell: Spell;
  from: number;
  to: number;
}

export interface Place {
  data: PlaceData;
  placed: boolean;
  stretches: Stretch[];
}

export interface State {
  place: Place;
  /** None where no spell covers the day. */
  spell: Spell | null;
  status: string;
  /** Days since the last evidence up to the day; null where there is none yet. */
  age: number | null;
}

export interface Actor {
  id: string;
  name: string;
  colour: string;
  /** Only where several actors share the colour. */
  letter: string;
}

const GREY = "#cdcfd2";

/** Actors by id, so that an id no one described still has a name, and colours are nothing but colours. */
export class Actors {
  readonly all: Actor[];
  private readonly byId: Map<string, Actor>;

  constructor(data: MapData) {
    const colours = new Map<string, number>();
    const entries = Object.entries(data.actors).map(([id, actor]) => {
      const colour = /^#[0-9a-f]{6}$/i.test(actor.colour) ? actor.colour.toLowerCase() : GREY;
      colours.set(colour, (colours.get(colour) ?? 0) + 1);
      return { id, name: actor.name || id, colour };
    });
    let shared = 0;
    this.all = entries.map((entry) => ({
      ...entry,
      letter: (colours.get(entry.colour) ?? 0) > 1 ? letters(shared++) : "",
    }));
    this.byId = new Map(this.all.map((actor) => [actor.id, actor]));
  }

  get(id: string): Actor {
    return this.byId.get(id) ?? { id, name: id, colour: GREY, letter: "" };
  }

  names(ids: string[]): string {
    return ids.map((id) => this.get(id).name).join(" and ");
  }
}

/** A, B, … Z, AA, AB, … */
function letters(n: number): string {
  const last = String.fromCharCode(65 + (n % 26));
  return n < 26 ? last : letters(Math.floor(n / 26) - 1) + last;
}

export class Model {
  readonly actors: Actors;
  readonly places: Place[];
  readonly byId: Map<string, Place>;
  /** First and last day of the slider; null where the data has no day at all. */
  readonly range: { first: number; last: number } | null;
  /** Days on which the answer for some place changes, in order. */
  readonly changes: number[];

  constructor(
    readonly data: MapData,
    /** Names of the countries whose codes stand in `data`. */
    private readonly countries: Record<string, string> = {},
  ) {
    this.actors = new Actors(data);
    const place = (entry: PlaceData, placed: boolean): Place => ({ data: entry, placed, stretches: stretches(entry) });
    this.places = [...data.places.map((p) => place(p, true)), ...data.unplaced.map((p) => place(p, false))];
    this.byId = new Map(this.places.map((p) => [p.data.id, p]));
    this.range = this.span();
    this.changes = this.changeDays();
  }

  stateOn(place: Place, day: number): State {
    let found: Spell | null = null;
    for (const { spell, from, to } of place.stretches) {
      if (from > day) break;
      if (day <= to) found = spell;
    }
    return { place, spell: found, status: found?.status ?? "unknown", age: found ? this.age(found, day) : null };
  }

  statesOn(day: number): State[] {
    return this.places.map((place) => this.stateOn(place, day));
  }

  country(place: Place): string | null {
    const code = place.data.country;
    return code !== null && Object.hasOwn(this.countries, code) ? (this.countries[code] ?? code) : code;
  }

  claim(id: string): Claim | null {
    return Object.hasOwn(this.data.claims, id) ? (this.data.claims[id] ?? null) : null;
  }

  report(id: string): Report | null {
    return Object.hasOwn(this.data.reports, id) ? (this.data.reports[id] ?? null) : null;
  }

  /** The last day that the claim's words speak of, or that its report came out on. */
  private lastDay(claim: Claim): number | null {
    return dayOf(claim.end) ?? dayOf(this.report(claim.report)?.published ?? null) ?? dayOf(claim.start);
  }

  private age(spell: Spell, day: number): number | null {
    let latest: number | null = null;
    for (const id of spell.claims) {
      const claim = this.claim(id);
      const last = claim && this.lastDay(claim);
      if (claim === null || last === null) continue;
      // Words about a time that runs past the day are evidence for the day only if that time had begun by then.
      const start = dayOf(claim.start);
      const evidence = last <= day ? last : start !== null && start <= day ? day : null;
      if (evidence !== null && (latest === null || evidence > latest)) latest = evidence;
    }
    return latest === null ? null : day - latest;
  }

  private span(): { first: number; last: number } | null {
    const days = this.places.flatMap((place) => place.stretches.flatMap(({ from, to }) => [from, to])).filter(isFinite);
    const said = Object.values(this.data.claims)
      .flatMap((claim) => [dayOf(claim.start), this.lastDay(claim)])
      .filter((day) => day !== null);
    const asked = dayOf(this.data.made.asked.on);
    const firsts = days.length > 0 ? days : said;
    const first = least(firsts) ?? asked;
    if (first === null) return null;
    const last = asked ?? most([...days, ...said]) ?? first;
    return { first: Math.min(first, last), last };
  }

  private changeDays(): number[] {
    const range = this.range;
    if (!range) return [];
    const days = new Set<number>();
    for (const { stretches } of this.places) {
      for (const { from, to } of stretches) {
        for (const day of [from, to + 1]) if (day >= range.first && day <= range.last) days.add(day);
      }
    }
    return [...days].sort((a, b) => a - b);
  }
}

function stretches(place: PlaceData): Stretch[] {
  return place.spells
    .map((spell) => ({ spell, from: dayOf(spell.start) ?? dayOf(spell.begins ?? null) ?? -Infinity, to: dayOf(spell.end) ?? Infinity }))
    .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
}

// Math.min(...list) overflows the stack on long lists.
function least(list: number[]): number | null {
  return list.reduce<number | null>((a, b) => (a === null || b < a ? b : a), null);
}

function most(list: number[]): number | null {
  return list.reduce<number | null>((a, b) => (a === null || b > a ? b : a), null);
}
