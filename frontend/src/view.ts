// What the reader has chosen, and which places that leaves.
import type { State } from "./data";

export interface View {
  day: number;
  /** As known on this day; null: in hindsight. */
  known: number | null;
  place: string | null;
  /** "held:<actor>", "vacated", "unknown": any of them; "fighting", "disputed", "divided", "stale": all of them. */
  filters: ReadonlySet<string>;
  search: string;
  sort: Sort;
}

export interface Sort {
  by: "name" | "holder" | "age";
  down: boolean;
}

export interface Actions {
  setDay(day: number): void;
  setKnown(known: number | null): void;
  /** `focus`: move to the panel, as a keyboard user expects; `fly`: bring the place into view. */
  select(place: string | null, how?: { focus?: boolean; fly?: boolean }): void;
  /** The reader looks at a place and may open it: what is to be fetched for it can be. */
  glance(place: string): void;
  toggle(filter: string): void;
  find(search: string): void;
  sortBy(sort: Sort): void;
  /** Show the view again: something that was fetched has come. */
  redraw(): void;
}

export const FLAGS = ["fighting", "disputed", "divided", "stale"] as const;

export function flagged(state: State, flag: (typeof FLAGS)[number]): boolean {
  return flag === "stale" ? state.stale : (state.spell?.[flag] ?? false);
}

export function groupsOf(state: State): string[] {
  if (state.status === "held" && state.spell && state.spell.holders.length > 0) {
    return state.spell.holders.map((id) => `held:${id}`);
  }
  return [state.status === "vacated" ? "vacated" : "unknown"];
}

export function passes(state: State, filters: ReadonlySet<string>): boolean {
  if (filters.size === 0) return true;
  const wanted = FLAGS.filter((flag) => filters.has(flag));
  if (wanted.some((flag) => !flagged(state, flag))) return false;
  return filters.size === wanted.length || groupsOf(state).some((group) => filters.has(group));
}
