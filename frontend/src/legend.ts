// The legend: holders with how many places they hold on the day; a click shows only those.
import type { State } from "./data";
import { get, h, name } from "./dom";
import { FRESH, OLD, sign, type Look } from "./glyphs";
import type { Model } from "./model";
import { FLAGS, flagged, groupsOf, type Actions, type View } from "./view";

const PLAIN: Look = {
  square: false,
  status: "held",
  colours: ["#8c9198"],
  letter: "",
  strength: 4,
  fighting: false,
  disputed: false,
  divided: false,
  stale: false,
  dark: false,
};

interface Entry {
  filter: string;
  button: HTMLButtonElement;
  count: HTMLElement;
  repaint: (dark: boolean) => void;
}

export class Legend {
  private entries: Entry[] = [];
  private readonly keySigns: ((dark: boolean) => void)[] = [];

  constructor(
    private readonly model: Model,
    private readonly actions: Actions,
    dark: boolean,
  ) {
    this.fill(dark);
    get("legend-key").append(
      this.key(
        [0, 2, 4].map((strength) => ({ ...PLAIN, strength })),
        "paler fill: less support",
        dark,
      ),
      this.key([{ ...PLAIN, colours: ["#8c9198", "#d8d8d8"] }], "two colours: held jointly", dark),
      this.key([{ ...PLAIN, square: true }], "square: an area, drawn at one point", dark),
      h("li", {}, `The whole sign fades from ${FRESH} days after the last evidence to ${OLD} days.`),
      h("li", {}, "A number stands for so many places close together, its ring for their shares; come nearer to see each."),
    );
  }

  /** The holders of the model as it is now. */
  fill(dark: boolean): void {
    const { model, actions } = this;
    this.entries = [];
    const holders = get("legend-holders");
    holders.replaceChildren();
    get("legend-flags").replaceChildren();
    const held = new Map<string, number>();
    for (const { data } of model.places) {
      for (const id of new Set(data.spells.flatMap((spell) => spell.holders))) held.set(id, (held.get(id) ?? 0) + 1);
    }
    const most = model.actors.all.filter(({ id }) => held.has(id)).sort((a, b) => held.get(b.id)! - held.get(a.id)!);
    for (const actor of most) {
      const look = { ...PLAIN, colours: [actor.colour], letter: actor.letter };
      holders.append(this.entry(`held:${actor.id}`, name(actor.name), look, actions, dark));
    }
    holders.append(
      this.entry("vacated", "left, no holder named", { ...PLAIN, status: "vacated" }, actions, dark),
      this.entry("unknown", "unknown", { ...PLAIN, status: "unknown" }, actions, dark),
    );
    get("legend-flags").append(
      this.entry("fighting", "fighting", { ...PLAIN, fighting: true }, actions, dark),
      this.entry("disputed", "disputed: sources differ", { ...PLAIN, disputed: true }, actions, dark),
      this.entry("divided", "divided: parts differ", { ...PLAIN, divided: true }, actions, dark),
      this.entry("stale", "stale: nothing said for long", { ...PLAIN, stale: true }, actions, dark),
    );
  }

  show(states: State[], view: View): void {
    const counts = new Map<string, number>();
    const add = (key: string): void => void counts.set(key, (counts.get(key) ?? 0) + 1);
    for (const state of states) {
      groupsOf(state).forEach(add);
      for (const flag of FLAGS) if (flagged(state, flag)) add(flag);
    }
    for (const { filter, button, count } of this.entries) {
      const number = counts.get(filter) ?? 0;
      count.textContent = number.toLocaleString("en-GB");
      button.classList.toggle("none", number === 0);
      button.setAttribute("aria-pressed", String(view.filters.has(filter)));
    }
    get("legend-of").textContent = `of ${states.length.toLocaleString("en-GB")} ${states.length === 1 ? "place" : "places"}`;
    get("legend-clear").hidden = view.filters.size === 0;
  }

  repaint(dark: boolean): void {
    this.entries.forEach((entry) => entry.repaint(dark));
    this.keySigns.forEach((repaint) => repaint(dark));
  }

  private entry(filter: string, label: Node | string, look: Look, actions: Actions, dark: boolean): HTMLElement {
    const count = h("span", { class: "count" });
    const [holder, repaint] = painted(look, dark);
    const button = h(
      "button",
      { type: "button", class: "entry", data: { filter }, aria: { pressed: "false" }, click: () => actions.toggle(filter) },
      holder,
      h("span", { class: "label" }, label),
      count,
    );
    this.entries.push({ filter, button, count, repaint });
    return h("li", {}, button);
  }

  private key(looks: Look[], words: string, dark: boolean): HTMLElement {
    const item = h("li", {});
    for (const look of looks) {
      const [holder, repaint] = painted(look, dark);
      this.keySigns.push(repaint);
      item.append(holder);
    }
    item.append(h("span", { class: "label" }, words));
    return item;
  }
}

function painted(look: Look, dark: boolean): [HTMLElement, (dark: boolean) => void] {
  const holder = h("span", { class: "sign-box" });
  const repaint = (nowDark: boolean): void => holder.replaceChildren(sign({ ...look, dark: nowDark }));
  repaint(dark);
  return [holder, repaint];
}
