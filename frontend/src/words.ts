// What the data's short codes mean, in words.
import type { Actors } from "./actors";
import type { Claim, PlaceData, State, Voice } from "./data";
import { days } from "./dates";
import { FLAGS, flagged } from "./view";

/** What the actor does to the place, and the word before the other side; see docs/claims.md. */
const KINDS: Record<string, [string, string]> = {
  holds: ["holds it", "against"],
  absent: ["is no longer there", "against"],
  gains: ["takes it", "from"],
  loses: ["loses it", "to"],
  withdraws: ["leaves it", "before"],
  contests: ["fights for it", "against"],
  advances: ["moves towards it", "against"],
  besieges: ["cuts it off", "against"],
  repels: ["beats off an attack on it", "by"],
  clears: ["clears it", "of"],
};

const MODES: Record<string, string> = {
  planned: "planned – not said to have happened",
  attempted: "tried – not said to have succeeded",
  possible: "said to be possible only",
  denied: "said not to be so",
};

const STANCES: Record<string, string> = {
  claimed: "the speaker’s own claim",
  confirmed: "confirmed",
  disputed: "disputed in the report",
  unverified: "not verified by the report",
};

const EXTENTS: Record<string, string> = { whole: "all of it", most: "most of it", part: "part of it" };

const TYPES: Record<string, string> = { settlement: "town or village", part: "part of a town" };

const BASES: Record<string, string> = {
  gazetteer: "Position from the gazetteer",
  offset: "Position worked out from distance and direction",
  parent: "Position of the larger place it belongs to",
};

function known(table: Record<string, string>, key: string): string | null {
  return Object.hasOwn(table, key) ? (table[key] ?? null) : null;
}

/** "takes it (part of it) from" and the like; the other side follows where there is one. */
export function deed(claim: Claim): { words: string; before: string } {
  const [words, before] = Object.hasOwn(KINDS, claim.kind) ? KINDS[claim.kind]! : [claim.kind, "against"];
  const extent = claim.part ?? (claim.extent === null ? null : (known(EXTENTS, claim.extent) ?? claim.extent));
  return { words: extent ? `${words} (${extent})` : words, before };
}

/** Doubts about a claim, in words; empty where it is plainly stated. */
export function doubts(claim: Claim): string[] {
  const mode = claim.mode === "asserted" ? null : (known(MODES, claim.mode) ?? claim.mode);
  const stance = claim.stance === "plain" ? null : (known(STANCES, claim.stance) ?? claim.stance);
  return [mode, stance].filter((words) => words !== null);
}

export function speaker(voice: Voice): string {
  const who = voice.name ?? (voice.anonymous ? "somebody whose name is withheld" : "somebody not named");
  const role = voice.role ? `, ${voice.role}` : "";
  const told = voice.told ? ` – told ${voice.told}` : "";
  return `${who}${role}${voice.name && voice.anonymous ? " (name withheld)" : ""}${told}`;
}

export function placeType(place: PlaceData): string {
  return known(TYPES, place.type) ?? place.type;
}

export function position(place: PlaceData, placed: boolean): string {
  const radius = place.radius_km ? `, within about ${Math.round(place.radius_km * 10) / 10} km` : "";
  if (!placed) return `This place was not found, so it is not on the map${radius && `; best guess ${radius.slice(2)}`}.`;
  return `${known(BASES, place.basis) ?? `Position: ${place.basis}`}${radius}.`;
}

/** The holder in a few words: "Town guard", "left by all", "unknown". */
export function holder(state: State, actors: Actors): string {
  if (state.status === "held" && state.spell && state.spell.holders.length > 0) return actors.names(state.spell.holders);
  return state.status === "vacated" ? "left, no holder named" : "unknown";
}

export function flags(state: State): string[] {
  return FLAGS.filter((flag) => flagged(state, flag));
}

export function evidenceAge(state: State): string {
  if (!state.spell || state.age === null) return "no evidence up to this day";
  return state.age === 0 ? "evidence of this day" : `last evidence ${days(state.age)} before`;
}

/** "0.91"; the ledger's figure as it is, never a percentage, because it is no probability yet. */
export function support(value: number): string {
  return value.toFixed(2);
}
