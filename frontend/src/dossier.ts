// What stands behind a place: all that its panel shows, from the page's own data or from a server.
import type { MapData, PlaceData, Records } from "./data";
import { dayOf } from "./dates";

/** What one witness adds to the answer of a day. */
export interface Reason {
  /** Id of the claim that stands for the witness. */
  claim: string;
  weight: number;
  /** Support of the answer without it. */
  without: number;
  /** Who would have the place without it, in words. */
  instead: string;
}

export interface Reasons {
  answer: string;
  support: number;
  reasons: Reason[];
  /** The fewest claims without which the answer would be `instead`. */
  shortest: string[];
  instead: string | null;
}

export interface Dossier extends Records {
  place: PlaceData;
  actors: MapData["actors"];
  /** Ids of claims about the place that no state rests on: plans, denials. */
  others: string[];
  /** True where there are more claims than are given. */
  truncated: boolean;
}

export interface Archive {
  dossier(place: string, known: number | null): Dossier | Promise<Dossier> | null;
  /** What each witness adds, where it can be worked out. */
  reasons?(place: string, day: number, known: number | null): Promise<Reasons>;
  /** Show the whole report with a claim's words in it. */
  openReport?(report: string, claim: string): void;
  /** Judge a claim. */
  review?(claim: string): void;
}

/** The archive of a page that holds all its data. */
export function fileArchive(data: MapData, find: (id: string) => PlaceData | undefined): Archive {
  return {
    dossier(id, known) {
      const place = find(id);
      if (!place) return null;
      const version = known === null ? null : (place.versions ?? []).findLast((one) => (dayOf(one.known) ?? Infinity) <= known);
      const spells = known === null ? place.spells : (version?.spells ?? []);
      // Accounts are worked out in hindsight only.
      const { accounts: _, ...plain } = place;
      return {
        place: known === null ? place : { ...plain, spells },
        claims: data.claims,
        reports: data.reports,
        actors: {},
        others: [],
        truncated: false,
      };
    },
  };
}
