// What each sign on the map says: of one place, or of many that stand close together.
import type { Group } from "./clusters";
import type { State } from "./data";
import { lookOf, strengthOfAge, TWELFTHS, type Crowd, type Look } from "./glyphs";
import type { Model } from "./model";
import { groupsOf, passes, type View } from "./view";

/** Fainter than this is what the filters leave out. */
const FAINT = 0.1;

export class Signs {
  /** Every look that has come up, by the key that features name it by. */
  readonly looks = new Map<string, Look | Crowd>();
  /** What the crowds say by the states, filters and colours asked for last: zooming and panning ask for the same again. */
  private crowds = new Map<number, object>();
  private crowdsOf: { states: State[]; filters: View["filters"]; dark: boolean } | null = null;

  constructor(private readonly model: Model) {}

  features(groups: Group[], states: State[], view: View, dark: boolean): GeoJSON.Feature[] {
    const of = this.crowdsOf;
    if (of?.states !== states || of.filters !== view.filters || of.dark !== dark) {
      this.crowdsOf = { states, filters: view.filters, dark };
      this.crowds.clear();
    }
    return groups.map(({ cluster, members, at }) => ({
      type: "Feature",
      geometry: { type: "Point", coordinates: at },
      properties:
        cluster === null ? this.one(states[members[0]!]!, view, dark) : this.many(cluster, members, states, view, dark),
    }));
  }

  private key(look: Look | Crowd): string {
    const key = JSON.stringify(look);
    this.looks.set(key, look);
    return key;
  }

  private one(state: State, view: View, dark: boolean): object {
    const { data } = state.place;
    const look = lookOf(state, this.model.actors, dark);
    const passed = passes(state, view.filters);
    return {
      id: data.id,
      name: short(data.name),
      look: this.key(look),
      opacity: passed ? strengthOfAge(state) : FAINT,
      label: passed ? Math.max(0.65, strengthOfAge(state)) : 0.15,
      // From the sign's middle to its name, in ems.
      gap: look.fighting || data.id === view.place ? 1.65 : 1.1,
      // Fighting first, then what is best supported: drawn on top, and named where there is no room for all names.
      order: (state.spell?.fighting ? 10 : 0) + (passed ? 5 : 0) + (state.spell?.support ?? 0),
    };
  }

  private many(cluster: number, members: number[], states: State[], view: View, dark: boolean): object {
    let found = this.crowds.get(cluster);
    if (!found) this.crowds.set(cluster, (found = this.crowd(cluster, members, states, view, dark)));
    return found;
  }

  private crowd(cluster: number, members: number[], states: State[], view: View, dark: boolean): object {
    const counts = new Map<string, number>();
    let passed = 0;
    let fighting = 0;
    for (const n of members) {
      const state = states[n]!;
      if (!passes(state, view.filters)) continue;
      passed++;
      if (state.spell?.fighting) fighting++;
      if (state.status !== "held" || !state.spell || state.stale) continue;
      for (const id of state.spell.holders) counts.set(id, (counts.get(id) ?? 0) + 1 / state.spell.holders.length);
    }
    const look: Crowd = {
      shares: this.shares(counts, passed),
      // One in a hundred is not what the sign should tell of.
      fighting: fighting * 5 > passed,
      size: members.length > 1000 ? 2 : members.length > 50 ? 1 : 0,
      dark,
    };
    return { cluster, count: brief(passed), look: this.key(look), name: "", opacity: passed > 0 ? 1 : FAINT, label: 0, gap: 1, order: 20 };
  }

  /** Shares in twelfths, the largest first; whoever has less than half a twelfth is not seen. */
  private shares(counts: Map<string, number>, all: number): [string, number][] {
    const byColour = new Map<string, number>();
    for (const [id, count] of counts) {
      const { colour } = this.model.actors.get(id);
      byColour.set(colour, (byColour.get(colour) ?? 0) + count);
    }
    let left = TWELFTHS;
    const found: [string, number][] = [];
    for (const [colour, count] of [...byColour].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))) {
      const parts = Math.min(left, Math.round((count / Math.max(1, all)) * TWELFTHS));
      if (parts > 0) found.push([colour, parts]);
      left -= parts;
    }
    return found;
  }
}

/** "12 Republican Guard, 3 Northern Front, 2 unknown": who has how many, the most first. */
export function crowdWords(states: State[], model: Model): string {
  const counts = new Map<string, number>();
  for (const state of states) for (const group of groupsOf(state)) counts.set(group, (counts.get(group) ?? 0) + 1);
  const named = ([group, count]: [string, number]): string =>
    `${count} ${group.startsWith("held:") ? model.actors.get(group.slice(5)).name : group}`;
  const sorted = [...counts].sort((a, b) => b[1] - a[1]);
  const more = sorted.length > 4 ? [`${sorted.length - 4} others`] : [];
  return [...sorted.slice(0, 4).map(named), ...more].join(", ");
}

/** "999", "1.2k", "20k". */
function brief(count: number): string {
  if (count < 1000) return String(count);
  return `${count < 10_000 ? (count / 1000).toFixed(1) : Math.round(count / 1000)}k`;
}

/** Names can be as long as a report makes them; the map shows their beginning. */
function short(text: string): string {
  const points = Array.from(text);
  return points.length > 40 ? `${points.slice(0, 38).join("")}…` : text;
}
