// Actors by id, so that an id no one described still has a name, and colours are nothing but colours.
import type { MapData } from "./data";

export interface Actor {
  id: string;
  name: string;
  colour: string;
  /** Only where several actors share the colour. */
  letter: string;
}

const GREY = "#cdcfd2";

export class Actors {
  readonly all: Actor[];
  private readonly byId: Map<string, Actor>;

  constructor(actors: MapData["actors"]) {
    const colours = new Map<string, number>();
    const entries = Object.entries(actors).map(([id, actor]) => {
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

  /** Actors that only the evidence of some place names. */
  learn(actors: MapData["actors"]): void {
    for (const [id, { name }] of Object.entries(actors)) {
      if (!this.byId.has(id)) this.byId.set(id, { id, name: name || id, colour: GREY, letter: "" });
    }
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
