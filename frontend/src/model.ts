// Everything the page knows of the places: who has them on a day, as known on another.
import { Actors } from "./actors";
import { lastDay, own, stateBy, stretchesOf, type MapData, type Place, type PlaceData, type State } from "./data";
import { dayOf } from "./dates";

export interface Range {
  first: number;
  last: number;
}

export class Model {
  actors: Actors;
  places: Place[] = [];
  byId = new Map<string, Place>();
  /** First and last day of the slider; null where the data has no day at all. */
  range: Range | null;
  /** Days on which the answer for some place changes, in order. */
  changes: number[] = [];
  /** Days and how many claims speak of them. */
  histogram: [number, number][];
  /** The steps of the second clock; empty where there are none. */
  readonly clock: number[];
  /** The states that were asked for last, and their day. */
  private asked: { day: number; states: State[] } | null = null;

  constructor(
    public data: MapData,
    range: Range | null = null,
  ) {
    this.actors = new Actors(data.actors);
    this.histogram = histogramOf(data);
    this.clock = (data.clock ?? []).map(dayOf).filter((day) => day !== null);
    this.take(data);
    this.range = range ?? this.span();
    this.changes = this.changeDays();
  }

  /** Other data: the same places as known on another day, or after new reports, which may speak of other days. */
  replace(data: MapData, range: Range | null = this.range): void {
    this.data = data;
    this.range = range;
    this.actors = new Actors(data.actors);
    this.take(data);
    this.changes = this.changeDays();
  }

  /** Show the places as they were known on a day, from the versions that the data has; null: in hindsight. */
  know(known: number | null): void {
    for (const place of this.places) {
      const versions = place.data.versions ?? [];
      const version = known === null ? place.data : versions.findLast((one) => (dayOf(one.known) ?? Infinity) <= known);
      place.stretches = stretchesOf(version?.spells ?? []);
    }
    this.asked = null;
    this.changes = this.changeDays();
  }

  stateOn(place: Place, day: number): State {
    return stateBy(place, place.stretches, day);
  }

  /** The last states of all places, in hindsight: those after the last word, if that was of fighting. */
  latest(): State[] {
    const day = this.range?.last ?? 0;
    return this.places.map((place) => {
      const stretches = stretchesOf(place.data.spells);
      const begun = stretches.at(-1)?.from ?? day;
      return stateBy(place, stretches, isFinite(begun) ? Math.max(day, begun) : day);
    });
  }

  /** The states of all places: the same list again for the same day, until the data is other. */
  statesOn(day: number): State[] {
    if (this.asked?.day !== day) this.asked = { day, states: this.places.map((place) => this.stateOn(place, day)) };
    return this.asked.states;
  }

  /** Its name; its code where there is none. */
  country(code: string | null): string | null {
    return code === null ? null : (own(this.data.countries ?? {}, code) ?? code);
  }

  private take(data: MapData): void {
    const place = (entry: PlaceData, placed: boolean): Place => ({ data: entry, placed, stretches: stretchesOf(entry.spells) });
    this.places = [...data.places.map((p) => place(p, true)), ...data.unplaced.map((p) => place(p, false))];
    this.byId = new Map(this.places.map((p) => [p.data.id, p]));
    this.asked = null;
  }

  private span(): { first: number; last: number } | null {
    const days = this.places.flatMap((place) => place.stretches.flatMap(({ from, to }) => [from, to])).filter(isFinite);
    const said = Object.values(this.data.claims)
      .flatMap((claim) => [dayOf(claim.start), lastDay(claim, this.data)])
      .filter((day) => day !== null);
    const asked = dayOf(this.data.made.asked.on);
    const firsts = days.length > 0 ? days : said;
    const first = least(firsts) ?? asked;
    if (first === null) return null;
    // The last day that anything is said of; what holds after it begins on the next.
    const last = asked ?? most([...said, ...this.histogram.map(([day]) => day)]) ?? most(days) ?? first;
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

function histogramOf(data: MapData): [number, number][] {
  const given = data.histogram?.map(([iso, count]): [number | null, number] => [dayOf(iso), count]);
  const counted = given ?? Object.values(data.claims).map((claim): [number | null, number] => [lastDay(claim, data), 1]);
  const days = new Map<number, number>();
  for (const [day, count] of counted) if (day !== null) days.set(day, (days.get(day) ?? 0) + count);
  return [...days].sort(([a], [b]) => a - b);
}

// Math.min(...list) overflows the stack on long lists.
function least(list: number[]): number | null {
  return list.reduce<number | null>((a, b) => (a === null || b < a ? b : a), null);
}

function most(list: number[]): number | null {
  return list.reduce<number | null>((a, b) => (a === null || b > a ? b : a), null);
}
