// Why a place's answer is what it is: its state on the day, its states through time, and the words each rests on.
import { Bands } from "./bands";
import { Cards, showReasons } from "./cards";
import { stateBy, stretchOn, stretchesOf, type Place, type Spell, type State, type Stretch, type Why } from "./data";
import { dayOf, longDate } from "./dates";
import { get, h, name } from "./dom";
import type { Archive, Dossier } from "./dossier";
import { lookOf, sign } from "./glyphs";
import type { Model } from "./model";
import { markKey } from "./marks";
import type { Actions, View } from "./view";
import { firstReported, witnessesOf } from "./witnesses";
import { evidenceAge, flags, placeType, position, speaker, support } from "./words";

interface Opened {
  place: Place;
  known: number | null;
  dossier: Dossier;
  stretches: Stretch[];
}

export class Panel {
  private readonly root = get("panel");
  private readonly body = get("panel-body");
  private readonly bands: Bands;
  private readonly cards: Cards;
  private opened: Opened | null = null;
  /** Settled once the evidence asked for last is shown, or could not be had. */
  filled: Promise<void> = Promise.resolve();
  /** Of what is being fetched, or what is there: "place, known". */
  private wanted = "";
  private shown = "";
  private timer = 0;
  /** Of the places that were shown: as known on another day the map may not have them. */
  private readonly names = new Map<string, string>();

  constructor(
    private readonly model: Model,
    private readonly actions: Actions,
    private readonly archive: Archive,
  ) {
    this.bands = new Bands(model, (day) => actions.setDay(day));
    this.cards = new Cards(() => model.actors, archive);
    get("panel-close").addEventListener("click", () => actions.select(null, { focus: true }));
    this.root.addEventListener("keydown", (event) => {
      if (event.key === "Escape") actions.select(null, { focus: true });
    });
  }

  focus(): void {
    get("panel-title").focus({ preventScroll: false });
  }

  /** Scroll to a claim, opening what it is folded into. */
  showClaim(id: string): void {
    const card = this.body.querySelector<HTMLElement>(`[data-claim="${CSS.escape(id)}"]`);
    for (let box = card?.closest("details"); box; box = box.parentElement?.closest("details")) box.open = true;
    card?.scrollIntoView({ block: "center" });
  }

  /** What was shown may be out of date: fetch it again. */
  reload(): void {
    window.clearTimeout(this.timer);
    this.wanted = this.shown = "";
    this.opened = null;
  }

  show(view: View, dark: boolean): void {
    const place = view.place === null ? undefined : (this.model.byId.get(view.place) ?? this.beyond(view.place));
    this.root.hidden = place === undefined;
    document.body.classList.toggle("with-panel", place !== undefined);
    if (!place) {
      this.reload();
      this.body.replaceChildren();
      return;
    }
    const wanted = JSON.stringify([place.data.id, view.known]);
    if (wanted !== this.wanted) this.fetch(place, view, dark, wanted);
    if (this.opened) this.fill(this.opened, view, dark);
  }

  private fetch(place: Place, view: View, dark: boolean, wanted: string): void {
    this.wanted = wanted;
    const samePlace = this.opened?.place.data.id === place.data.id;
    const take = (dossier: Dossier | null): void => {
      if (this.wanted !== wanted || !dossier) return;
      this.model.actors.learn(dossier.actors);
      const its = this.model.byId.has(place.data.id) ? place : { ...place, data: dossier.place, placed: dossier.place.lat !== undefined };
      this.opened = { place: its, known: view.known, dossier, stretches: stretchesOf(dossier.place.spells) };
    };
    const given = this.archive.dossier(place.data.id, view.known);
    this.filled = Promise.resolve();
    if (!(given instanceof Promise)) return take(given);
    if (!samePlace) {
      this.opened = null;
      this.shown = "";
      this.head(place);
      const state = this.model.stateOn(place, view.day);
      this.body.replaceChildren(h("div", { id: "panel-state" }, ...this.state(state, view.day, dark)), h("p", { class: "small", role: "status" }, "Fetching the evidence …"));
      this.root.scrollTop = 0;
    }
    this.filled = given.then(
      (dossier) => {
        take(dossier);
        if (this.wanted === wanted) this.actions.redraw();
      },
      (error: unknown) => {
        if (this.wanted === wanted) this.body.replaceChildren(h("p", { class: "notice", role: "alert" }, `The evidence could not be fetched: ${String(error)}`));
      },
    );
  }

  /** A place that the map does not have as it is known on that day, or not at all: its evidence says more. */
  private beyond(id: string): Place | undefined {
    if (!this.archive.beyond) return undefined;
    const data = { id, name: this.names.get(id) ?? "…", type: "settlement", radius_km: null, country: null, basis: "", spells: [] };
    return { data, placed: false, stretches: [] };
  }

  private head(place: Place): void {
    if (place.data.name !== "…") this.names.set(place.data.id, place.data.name);
    get("panel-title").replaceChildren(name(place.data.name));
    get("panel-kind").textContent = [placeType(place.data), this.model.country(place.data.country)].filter(Boolean).join(", ");
  }

  private fill(opened: Opened, view: View, dark: boolean): void {
    const { place, dossier, stretches } = opened;
    const spell = stretchOn(stretches, view.day)?.spell ?? null;
    const state = stateBy(place, stretches, view.day);
    // While the date moves within one spell only the first lines change: the reader keeps their place in the evidence.
    const number = stretches.findIndex((one) => one.spell === spell);
    const shown = JSON.stringify([place.data.id, opened.known, number, dark]);
    if (shown !== this.shown) {
      const samePlace = this.shown !== "" && (JSON.parse(this.shown) as string[])[0] === place.data.id;
      const stale = samePlace && this.body.contains(document.activeElement) ? document.activeElement : null;
      const again = stale instanceof HTMLElement ? stale.dataset.spell : undefined;
      this.head(place);
      const accounts = dossier.place.accounts ?? [];
      this.bands.fit([...stretches, ...accounts.flatMap(({ spells }) => stretchesOf(spells))]);
      this.body.replaceChildren(
        h("div", { id: "panel-state" }),
        ...(stretches.length > 0 ? [this.bands.section(place, stretches, spell)] : this.silent(opened)),
        ...(accounts.length > 0 ? [this.bands.accounts(place, accounts)] : []),
        ...this.evidence(spell, dossier),
        h("p", { class: "small" }, position(place.data, place.placed)),
      );
      if (!samePlace) this.root.scrollTop = 0;
      if (again !== undefined) this.body.querySelector<HTMLElement>(`button[data-spell="${Number(again)}"]`)?.focus();
      this.shown = shown;
      if (stretches.length > 0) this.reasons(opened, view, state);
    }
    get("panel-state").replaceChildren(...this.state(state, view.day, dark));
    for (const now of this.body.querySelectorAll<HTMLElement>(".band-now")) now.style.left = `${this.bands.part(view.day)}%`;
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

  /** Why nothing is said of who holds it. */
  private silent({ known, dossier }: Opened): Node[] {
    if (Object.keys(dossier.claims).length > 0) return [h("p", { role: "status" }, "No report says who holds it. What is said of it are plans, denials and the like, and it has no sign on the map.")];
    if (known === null) return [h("p", { role: "status" }, "No report speaks of this place.")];
    const back = h("button", { type: "button", class: "chip", click: () => this.actions.setKnown(null) }, "in hindsight");
    return [h("p", { role: "status" }, `By ${longDate(known)} no report that was read spoke of this place. `, back)];
  }

  private evidence(spell: Spell | null, dossier: Dossier): Node[] {
    const sections: Node[] = [];
    if (spell) {
      sections.push(...this.first(spell, dossier));
      sections.push(this.claims("for", "What this rests on", spell.claims, dossier, "No claim names a holder for these days."));
      if (spell.against.length > 0) sections.push(this.claims("against", "What speaks against it", spell.against, dossier, ""));
    }
    if (dossier.others.length > 0) {
      const others = this.claims("others", "Said besides: plans, denials and the like", dossier.others, dossier, "");
      const [heading, ...rest] = [...others.children];
      const box = h("details", { class: "claims others" }, h("summary", {}, ...heading!.childNodes), ...rest);
      box.open = dossier.place.spells.length === 0;
      sections.push(box);
    }
    if (dossier.truncated) sections.push(h("p", { class: "small" }, "There are more claims than are shown here; the table of claims has all."));
    return sections;
  }

  /** Who first reported what the state rests on. */
  private first(spell: Spell, dossier: Dossier): Node[] {
    const item = firstReported(spell.claims, dossier);
    const report = item && dossier.reports[item.claim.report];
    if (!item || !report) return [];
    const day = dayOf(report.published);
    const voice = item.claim.voices[0];
    return [
      h(
        "p",
        { class: "first-report" },
        h("strong", {}, "First reported"),
        ` by ${day === null ? "" : longDate(day)}: `,
        name([report.outlet ?? report.title ?? report.label, voice ? speaker(voice) : null].filter(Boolean).join(", quoting ")),
      ),
    ];
  }

  private claims(side: string, title: string, ids: string[], dossier: Dossier, none: string): HTMLElement {
    const witnesses = witnessesOf(ids, dossier);
    const heading = h("h3", {}, title, " ", h("span", { class: "count" }, String(witnesses.length)));
    const section = h("section", { class: `claims ${side}` }, heading);
    if (witnesses.length === 0) section.append(h("p", { class: "small" }, none));
    else if (side === "for") section.append(markKey());
    for (const witness of witnesses) section.append(this.cards.witness(witness, dossier));
    return section;
  }

  /** What each witness adds takes a while to work out: asked for when the reader stays. */
  private reasons(opened: Opened, view: View, state: State): void {
    window.clearTimeout(this.timer);
    const { archive, shown } = this;
    // As of the last word for it, as the map's support is: by the day itself it would have faded with the time since.
    const day = Math.max(view.day - (state.age ?? 0), state.since);
    this.timer = window.setTimeout(() => {
      archive.reasons(opened.place.data.id, day, view.known).then(
        (found) => {
          if (found && this.shown === shown) this.add(found, opened.dossier);
        },
        () => {}, // without it the panel is whole but for these lines
      );
    }, 150);
  }

  private add(found: Why, dossier: Dossier): void {
    // The witness may be shown by another of its claims: the one that came out first.
    const cardOf = (id: string): string => {
      const { origin } = dossier.claims[id] ?? {};
      const same = [...this.body.querySelectorAll<HTMLElement>("[data-claim]")].map((card) => card.dataset.claim!);
      return same.includes(id) ? id : (same.find((other) => origin && dossier.claims[other]?.origin === origin) ?? id);
    };
    showReasons(this.body, found.reasons.map((reason) => ({ ...reason, claim: cardOf(reason.claim) })), found.support);
    if (found.instead === null || found.shortest.length === 0) return;
    const count = found.shortest.length;
    const words = `Without ${count === 1 ? "one witness" : `${count} witnesses`} the answer would be: `;
    this.body.querySelector(".claims.for > h3")?.after(h("p", { class: "small shortest" }, words, name(found.instead)));
  }
}

