// What stands behind a place: all that its panel shows, from the page's own data or from a server.
import { stretchesOf, stretchOn, type MapData, type PlaceData, type Records, type Why } from "./data";
import { dayOf } from "./dates";

export interface Dossier extends Records {
  place: PlaceData;
  actors: MapData["actors"];
  /** Ids of claims about the place that no state rests on: plans, denials. */
  others: string[];
  /** True where there are more claims than are given. */
  truncated: boolean;
}

export interface Archive {
  /** It can be asked about places that the map does not have. */
  readonly beyond?: boolean;
  dossier(place: string, known: number | null): Dossier | Promise<Dossier> | null;
  /** What each witness adds, where it can be worked out; null where it cannot. */
  reasons(place: string, day: number, known: number | null): Promise<Why | null>;
  /** Show the whole report with a claim's words in it. */
  openReport?(report: string, claim: string): void;
  /** Judge a claim. */
  review?(claim: string): void;
}

/** The archive of a page that holds all its data. */
export function fileArchive(data: MapData, find: (id: string) => PlaceData | undefined): Archive {
  const about = new Map<string, string[]>();
  for (const [id, { place }] of Object.entries(data.claims)) {
    if (place === undefined) continue;
    const ids = about.get(place);
    if (ids) ids.push(id);
    else about.set(place, [id]);
  }
  return {
    dossier(id, known) {
      const place = find(id);
      if (!place) return null;
      const version = known === null ? null : (place.versions ?? []).findLast((one) => (dayOf(one.known) ?? Infinity) <= known);
      const spells = known === null ? place.spells : (version?.spells ?? []);
      // Accounts are worked out in hindsight only.
      const { accounts: _, ...plain } = place;
      const used = new Set(place.spells.flatMap((spell) => [...spell.claims, ...spell.against]));
      return {
        place: known === null ? place : { ...plain, spells },
        claims: data.claims,
        reports: data.reports,
        actors: {},
        others: known === null ? (about.get(id) ?? []).filter((claim) => !used.has(claim)) : [],
        truncated: false,
      };
    },
    /** Worked out for the latest answer only: on other days there is another one. */
    reasons(id, day, known) {
      const place = known === null ? find(id) : undefined;
      const why = place?.why ?? null;
      const on = why && dayOf(why.day);
      if (!place || on === null) return Promise.resolve(null);
      const stretches = stretchesOf(place.spells);
      const same = stretchOn(stretches, day) === stretchOn(stretches, on);
      return Promise.resolve(same ? why : null);
    },
  };
}
