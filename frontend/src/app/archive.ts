// The evidence of places, from the server.
import { isoOf } from "../dates";
import type { PlaceData, Why } from "../data";
import type { Archive, Dossier } from "../dossier";
import { ask } from "./api";
import type { PlaceDetail, WhyDetail } from "./types";

const iso = (day: number | null): string | null => (day === null ? null : isoOf(day));
/** Places whose evidence is kept: to go back and forth without asking again. */
const KEPT = 30;

export class ServerArchive implements Archive {
  /** It knows of places that the map does not have: those of which nothing tells who holds them. */
  readonly beyond = true;
  private readonly kept = new Map<string, Promise<Dossier>>();

  constructor(
    readonly openReport: (report: string, claim: string) => void,
    readonly review: (claim: string) => void,
  ) {}

  dossier(place: string, known: number | null): Promise<Dossier> {
    const key = JSON.stringify([place, known]);
    let found = this.kept.get(key);
    if (!found) {
      found = this.fetch(place, known);
      found.catch(() => this.kept.delete(key));
      this.kept.set(key, found);
      if (this.kept.size > KEPT) this.kept.delete(this.kept.keys().next().value!);
    }
    return found;
  }

  async reasons(place: string, day: number, known: number | null): Promise<Why> {
    const why = await ask<WhyDetail>("/place/why", { id: place, on: isoOf(day), known: iso(known) });
    const reasons = why.reasons.map((reason) => ({
      claim: reason.claim,
      weight: reason.weight,
      without: reason.without_it,
      instead: reason.answer_without_it === why.answer ? "" : reason.answer_without_it,
    }));
    return { ...why, reasons };
  }

  /** After new reports or judgements. */
  forget(): void {
    this.kept.clear();
  }

  private async fetch(id: string, known: number | null): Promise<Dossier> {
    const detail = await ask<PlaceDetail>("/place", { id, known: iso(known) });
    const place = [...detail.map.places, ...detail.map.unplaced][0] ?? bare(detail.place);
    const used = new Set(place.spells.flatMap((spell) => [...spell.claims, ...spell.against]));
    const others = detail.witnesses.flatMap(({ claims }) => claims).filter((claim) => !used.has(claim));
    const claims = { ...detail.map.claims, ...detail.claims };
    // The server knows copies better than a claim's own origin tells: one witness, one origin.
    detail.witnesses.forEach((witness, n) => {
      for (const claim of witness.claims) if (claims[claim]) claims[claim] = { ...claims[claim], origin: `witness:${n}` };
    });
    return {
      place,
      claims,
      actors: { ...detail.map.actors, ...detail.actors },
      reports: { ...detail.map.reports, ...detail.reports },
      others,
      truncated: detail.truncated,
    };
  }
}

/** A place without a day on which anybody is said to hold it. */
function bare(hit: PlaceDetail["place"]): PlaceData {
  const where = hit.lat === null || hit.lon === null ? {} : { lat: hit.lat, lon: hit.lon };
  return { id: hit.place_id, name: hit.place, type: hit.place_type, ...where, radius_km: hit.radius_km, country: hit.country, basis: hit.place_basis, spells: [] };
}
