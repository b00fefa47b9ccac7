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
/** Every name that was ever told: another day's map may leave out actors that tables and claims still speak of. */
const NAMES = new Map<string, string>();

/** The colour that each actor was first shown in: a ledger that grows deals them out anew, and a page keeps them. */
const COLOURS = new Map<string, string>();

export class Actors {
  readonly all: Actor[];
  private readonly byId: Map<string, Actor>;

  constructor(actors: MapData["actors"]) {
    const colours = new Map<string, number>();
    const given = coloured(actors);
    const entries = Object.entries(actors).map(([id, actor]) => {
      const colour = given.get(id)!;
      colours.set(colour, (colours.get(colour) ?? 0) + 1);
      if (actor.name) NAMES.set(id, actor.name);
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
      if (name) NAMES.set(id, name);
      if (!this.byId.has(id)) this.byId.set(id, { id, name: name || id, colour: GREY, letter: "" });
    }
  }

  get(id: string): Actor {
    return this.byId.get(id) ?? { id, name: NAMES.get(id) ?? id, colour: GREY, letter: "" };
  }

  names(ids: string[]): string {
    return ids.map((id) => this.get(id).name).join(" and ");
  }
}

/** A colour for each: the one it was shown in before, else the one it is given, else one that no other was shown in. */
function coloured(actors: MapData["actors"]): Map<string, string> {
  const given = Object.entries(actors).map(([id, { colour }]): [string, string] => [id, /^#[0-9a-f]{6}$/i.test(colour) ? colour.toLowerCase() : GREY]);
  const times = new Map<string, number>();
  for (const [, colour] of given) times.set(colour, (times.get(colour) ?? 0) + 1);
  const free = new Set([...times.keys()].filter((colour) => times.get(colour) === 1 && ![...COLOURS.values()].includes(colour)));
  for (const [id, colour] of given) {
    if (COLOURS.has(id)) continue;
    // What several share tells nobody apart anyway.
    const own = free.has(colour) || times.get(colour)! > 1 ? colour : ([...free][0] ?? GREY);
    COLOURS.set(id, own);
    free.delete(own);
  }
  return COLOURS;
}

/** A, B, … Z, AA, AB, … */
function letters(n: number): string {
  const last = String.fromCharCode(65 + (n % 26));
  return n < 26 ? last : letters(Math.floor(n / 26) - 1) + last;
}
