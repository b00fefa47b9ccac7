// States as bands over time: the answer, and under it each side's own account.
import type { Account, Place, Spell, State, Stretch } from "./data";
import { stretchesOf } from "./data";
import { interval, longDate } from "./dates";
import { h, name } from "./dom";
import type { Model } from "./model";
import { flags, holder, support } from "./words";

export class Bands {
  constructor(
    private readonly model: Model,
    private readonly goTo: (day: number) => void,
  ) {}

  /** The days that the bands of a place show: its own, not those of all wars in the ledger. */
  private range: { first: number; last: number } | null = null;

  /** Show the days from the place's first known one, with some before it, to a while after its last. */
  fit(all: Stretch[]): void {
    const { range } = this.model;
    const ends = all.flatMap(({ from, to }) => [from, to]).filter(isFinite);
    if (!range || ends.length === 0) {
      this.range = range;
      return;
    }
    const [first, last] = [Math.min(...ends), Math.max(...ends)];
    const room = Math.max(14, Math.round((last - first) / 5));
    this.range = { first: Math.max(range.first, first - Math.round(room / 4)), last: Math.max(first + 1, Math.min(range.last, last + room)) };
  }

  /** Where a day stands in the band, 0 to 100. */
  part(day: number): number {
    const { range } = this;
    if (!range) return 0;
    return (100 * (Math.max(range.first, Math.min(range.last, day)) - range.first)) / Math.max(1, range.last - range.first);
  }

  /** Drawn to scale, and as a list that works without seeing or pointing. */
  section(place: Place, stretches: Stretch[], current: Spell | null): HTMLElement {
    const { range } = this;
    const slider = this.model.range;
    const list = h("ol", { class: "spells" });
    list.tabIndex = 0;
    stretches.forEach(({ spell, from, to }, n) => {
      const state = stateOf(place, spell);
      const go = h(
        "button",
        {
          type: "button",
          class: "link",
          data: { spell: String(n) },
          ...(spell === current ? { aria: { current: "date" } } : {}),
          click: () => this.goTo(slider ? Math.max(slider.first, Math.min(slider.last, Number.isFinite(from) ? from : to)) : 0),
        },
        interval(spell.start, spell.end),
      );
      list.append(
        h("li", {}, go, " ", name(this.what(state)), spell.status === "unknown" ? null : h("span", { class: "small" }, ` ${support(spell.support)}`)),
      );
    });
    const ends = range
      ? h("p", { class: "ends small", aria: { hidden: "true" } }, h("span", {}, longDate(range.first)), h("span", {}, longDate(range.last)))
      : null;
    return h("section", { class: "through-time" }, h("h3", {}, "Through time"), this.band(place, stretches), ends, list);
  }

  /** Each side's account as a band with its name; its states in words for those who cannot see it. */
  accounts(place: Place, accounts: Account[]): HTMLElement {
    const list = h("ul", { class: "accounts" });
    for (const { side, spells } of accounts) {
      const who = side === null ? "Those of no side" : this.model.actors.get(side).name;
      const stretches = stretchesOf(spells);
      const words = spells.map((spell) => `${interval(spell.start, spell.end)}: ${this.what(stateOf(place, spell))}`);
      list.append(
        h("li", {}, h("span", { class: "who" }, name(who)), this.band(place, stretches), h("span", { class: "for-readers" }, words.join("; "))),
      );
    }
    return h(
      "section",
      { class: "rivals" },
      h("h3", {}, "Rival accounts"),
      h("p", { class: "small" }, "Who had it by the word of each side alone."),
      list,
    );
  }

  private band(place: Place, stretches: Stretch[]): HTMLElement {
    const { range } = this;
    const band = h("div", { class: "band", aria: { hidden: "true" } });
    if (!range) return band;
    for (const { spell, from, to } of stretches) {
      if (from > range.last || to < range.first) continue;
      const state = stateOf(place, spell);
      const bar = h("span", { class: "bar", title: `${this.what(state)}: ${interval(spell.start, spell.end)}` });
      const left = this.part(from);
      bar.style.left = `${left}%`;
      bar.style.width = `${this.part(Math.min(to + 1, range.last)) - left}%`;
      this.paint(bar, state);
      band.append(bar);
    }
    band.append(h("span", { class: "band-now" }));
    band.addEventListener("click", (event) => {
      const box = band.getBoundingClientRect();
      const at = (event.clientX - box.left) / Math.max(1, box.width);
      this.goTo(Math.round(range.first + at * (range.last - range.first)));
    });
    return band;
  }

  private what(state: State): string {
    return [holder(state, this.model.actors), ...flags(state)].join(", ");
  }

  private paint(bar: HTMLElement, state: State): void {
    const spell = state.spell!;
    const colours = state.status === "held" ? spell.holders.map((id) => this.model.actors.get(id).colour) : [];
    if (colours.length > 0) {
      const part = 100 / colours.length;
      const stops = colours.map((colour, n) => `${colour} ${n * part}% ${(n + 1) * part}%`).join(", ");
      bar.style.setProperty("--fill", `linear-gradient(${stops})`);
    }
    bar.classList.add(colours.length > 0 ? "held" : state.status === "vacated" ? "vacated" : "unknown");
    bar.classList.toggle("disputed", spell.disputed);
    bar.classList.toggle("fighting", spell.fighting);
  }
}

/** As far as a spell alone tells it: how old its evidence is depends on the day. */
function stateOf(place: Place, spell: Spell): State {
  return { place, spell, since: -Infinity, status: spell.status, age: null, stale: false };
}
