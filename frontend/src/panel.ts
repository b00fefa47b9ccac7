// What is known of one place: its state on the day, its states through time, and the words each rests on.
import type { Claim, Model, Place, Spell, State } from "./data";
import { dayOf, days, interval, longDate } from "./dates";
import { get, h, link, name } from "./dom";
import { lookOf, sign } from "./glyphs";
import { markKey, passage } from "./marks";
import type { Actions, View } from "./view";
import { deed, doubts, flags, holder, placeType, position, speaker, support } from "./words";

export class Panel {
  private readonly root = get("panel");
  private readonly body = get("panel-body");
  private shown = "";

  constructor(
    private readonly model: Model,
    private readonly actions: Actions,
  ) {
    get("panel-close").addEventListener("click", () => actions.select(null, { focus: true }));
    this.root.addEventListener("keydown", (event) => {
      if (event.key === "Escape") actions.select(null, { focus: true });
    });
  }

  focus(): void {
    get("panel-title").focus({ preventScroll: false });
  }

  show(view: View, dark: boolean): void {
    const place = view.place === null ? undefined : this.model.byId.get(view.place);
    this.root.hidden = place === undefined;
    document.body.classList.toggle("with-panel", place !== undefined);
    if (!place) {
      this.shown = "";
      this.body.replaceChildren();
      return;
    }
    const state = this.model.stateOn(place, view.day);
    // While the date moves within one spell only the first lines change: the reader keeps their place in the evidence.
    const shown = `${place.data.id}\n${place.stretches.findIndex(({ spell }) => spell === state.spell)}\n${dark}`;
    if (shown !== this.shown) {
      const samePlace = this.shown.split("\n")[0] === place.data.id;
      const stale = samePlace && this.body.contains(document.activeElement) ? document.activeElement : null;
      const again = stale instanceof HTMLElement ? stale.dataset.spell : undefined;
      get("panel-title").replaceChildren(name(place.data.name));
      get("panel-kind").textContent = [placeType(place.data), this.model.country(place)].filter(Boolean).join(", ");
      this.body.replaceChildren(
        h("div", { id: "panel-state" }),
        this.band(place, state.spell),
        ...this.evidence(state),
        h("p", { class: "small" }, position(place.data, place.placed)),
      );
      if (!samePlace) this.root.scrollTop = 0;
      if (again !== undefined) this.body.querySelector<HTMLElement>(`button[data-spell="${Number(again)}"]`)?.focus();
      this.shown = shown;
    }
    get("panel-state").replaceChildren(...this.state(state, view.day, dark));
    const now = this.body.querySelector<HTMLElement>(".band-now");
    if (now) now.style.left = `${this.part(view.day)}%`;
  }

  private state(state: State, day: number, dark: boolean): Node[] {
    const { spell } = state;
    const head = h(
      "p",
      { class: "state" },
      sign(lookOf(state, this.model.actors, dark), 30),
      h("span", {}, h("span", { class: "small" }, longDate(day)), h("strong", {}, name(this.said(state)))),
    );
    if (!spell) return [head, h("p", { class: "small" }, "No report bears on this day.")];
    const facts = h("ul", { class: "facts" });
    for (const flag of flags(state)) facts.append(h("li", { class: "flag" }, flag));
    if (state.status !== "unknown") facts.append(h("li", {}, `support ${support(spell.support)}`));
    facts.append(h("li", {}, evidenceAge(state)));
    return [head, facts];
  }

  private said(state: State): string {
    if (state.status === "held" && state.spell && state.spell.holders.length > 0) {
      return `Held by ${this.model.actors.names(state.spell.holders)}`;
    }
    return state.status === "vacated" ? "Left; nobody named as holder" : "Holder unknown";
  }

  private part(day: number): number {
    const range = this.model.range;
    if (!range) return 0;
    return (100 * (Math.max(range.first, Math.min(range.last, day)) - range.first)) / Math.max(1, range.last - range.first);
  }

  /** The spells through time, drawn to scale, and as a list that works without seeing or pointing. */
  private band(place: Place, current: Spell | null): HTMLElement {
    const range = this.model.range;
    const band = h("div", { class: "band", aria: { hidden: "true" } });
    const list = h("ol", { class: "spells" });
    place.stretches.forEach(({ spell, from, to }, n) => {
      const state: State = { place, spell, status: spell.status, age: null };
      const what = [holder(state, this.model.actors), ...flags(state)].join(", ");
      const when = interval(spell.start, spell.end);
      if (range && from <= range.last && to >= range.first) {
        const bar = h("span", { class: "bar", title: `${what}: ${when}` });
        const left = this.part(from);
        bar.style.left = `${left}%`;
        bar.style.width = `${this.part(Math.min(to + 1, range.last)) - left}%`;
        paintBar(bar, state, this.model);
        band.append(bar);
      }
      const go = h(
        "button",
        {
          type: "button",
          class: "link",
          data: { spell: String(n) },
          ...(spell === current ? { aria: { current: "date" } } : {}),
          click: () => this.actions.setDay(range ? Math.max(range.first, Math.min(range.last, Number.isFinite(from) ? from : to)) : 0),
        },
        when,
      );
      list.append(h("li", {}, go, " ", name(what), spell.status === "unknown" ? null : h("span", { class: "small" }, ` ${support(spell.support)}`)));
    });
    if (range) {
      band.append(h("span", { class: "band-now" }));
      band.addEventListener("click", (event) => {
        const box = band.getBoundingClientRect();
        const at = (event.clientX - box.left) / Math.max(1, box.width);
        this.actions.setDay(Math.round(range.first + at * (range.last - range.first)));
      });
    }
    const ends = range
      ? h("p", { class: "ends small", aria: { hidden: "true" } }, h("span", {}, longDate(range.first)), h("span", {}, longDate(range.last)))
      : null;
    return h("section", { class: "through-time" }, h("h3", {}, "Through time"), band, ends, list);
  }

  private evidence(state: State): HTMLElement[] {
    if (!state.spell) return [];
    const { claims, against } = state.spell;
    const sections = [this.claims("for", "What this rests on", claims, "No claim names a holder for these days.")];
    if (against.length > 0) sections.push(this.claims("against", "What speaks against it", against, ""));
    return sections;
  }

  private claims(side: string, title: string, ids: string[], none: string): HTMLElement {
    const known = ids.map((id) => this.model.claim(id)).filter((claim) => claim !== null);
    const heading = h("h3", {}, title, " ", h("span", { class: "count" }, String(known.length)));
    const section = h("section", { class: `claims ${side}` }, heading);
    if (known.length === 0) section.append(h("p", { class: "small" }, none));
    else if (side === "for") section.append(markKey());
    for (const claim of known) section.append(this.card(claim));
    return section;
  }

  private card(claim: Claim): HTMLElement {
    const { actors } = this.model;
    const { words, before } = deed(claim);
    const who = claim.actor === null ? "Somebody not named" : actors.get(claim.actor).name;
    const other = claim.against === null ? null : h("span", {}, ` ${before} `, name(actors.get(claim.against).name));
    const card = h("article", { class: "claim" }, h("p", { class: "deed" }, h("strong", {}, name(who)), ` ${words}`, other));
    const unsure = doubts(claim);
    if (unsure.length > 0) card.append(h("p", { class: "doubt" }, unsure.join("; ")));
    card.append(h("blockquote", {}, passage(claim.context, claim.quote, claim.marks)));

    const facts = h("dl", {});
    const fact = (term: string, ...what: (Node | string)[]): void => facts.append(h("dt", {}, term), h("dd", {}, ...what));
    const voices = claim.voices.flatMap((voice, n) => [...(n > 0 ? ["; "] : []), name(speaker(voice))]);
    fact("Says", ...(voices.length > 0 ? voices : ["the report itself"]));
    fact("When", interval(claim.start, claim.end));
    fact("Report", ...this.report(claim.report));
    card.append(facts);
    return card;
  }

  private report(id: string): (Node | string)[] {
    const report = this.model.report(id);
    if (!report) return ["not in this file"];
    const parts: (Node | string)[] = [];
    if (report.outlet) parts.push(name(report.outlet), ", ");
    const title = report.title ?? report.label;
    parts.push(report.url ? link(report.url, title) : name(title));
    // An address that is no link is still shown: it is part of the record.
    if (report.url && !(parts.at(-1) instanceof HTMLAnchorElement)) parts.push(h("span", { class: "small" }, ` (${report.url})`));
    const published = dayOf(report.published);
    parts.push(published === null ? ", no date found" : `, published ${longDate(published)}`);
    return parts;
  }
}

export function evidenceAge(state: State): string {
  if (!state.spell || state.age === null) return "no evidence up to this day";
  return state.age === 0 ? "evidence of this day" : `last evidence ${days(state.age)} before`;
}

function paintBar(bar: HTMLElement, state: State, model: Model): void {
  const spell = state.spell!;
  const colours = state.status === "held" ? spell.holders.map((id) => model.actors.get(id).colour) : [];
  if (colours.length > 0) {
    const part = 100 / colours.length;
    const stops = colours.map((colour, n) => `${colour} ${n * part}% ${(n + 1) * part}%`).join(", ");
    bar.style.setProperty("--fill", `linear-gradient(${stops})`);
  }
  bar.classList.add(colours.length > 0 ? "held" : state.status === "vacated" ? "vacated" : "unknown");
  bar.classList.toggle("disputed", spell.disputed);
  bar.classList.toggle("fighting", spell.fighting);
}
