// What the reader has chosen, and which places that leaves.
import type { State } from "./data";

export interface View {
  day: number;
  place: string | null;
  /** "held:<actor>", "vacated", "unknown": any of them; "fighting", "disputed", "divided": all of them. */
  filters: ReadonlySet<string>;
}

export interface Actions {
  setDay(day: number): void;
  /** `focus`: move to the panel, as a keyboard user expects; `fly`: bring the place into view. */
  select(place: string | null, how?: { focus?: boolean; fly?: boolean }): void;
  toggle(filter: string): void;
}

const FLAGS = ["fighting", "disputed", "divided"] as const;

export function groupsOf(state: State): string[] {
  if (state.status === "held" && state.spell && state.spell.holders.length > 0) {
    return state.spell.holders.map((id) => `held:${id}`);
  }
  return [state.status === "vacated" ? "vacated" : "unknown"];
}

export function passes(state: State, filters: ReadonlySet<string>): boolean {
  if (filters.size === 0) return true;
  const wanted = FLAGS.filter((flag) => filters.has(flag));
  if (wanted.some((flag) => !state.spell?.[flag])) return false;
  return filters.size === wanted.length || groupsOf(state).some((group) => filters.has(group));
}
