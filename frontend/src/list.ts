// All places as a table: for screen readers, narrow windows and browsers that draw no map; and the search.
import type { State } from "./data";
import { days } from "./dates";
import { get, h, name } from "./dom";
import { lookOf, sign, strengthOfAge } from "./glyphs";
import type { Model } from "./model";
import { passes, type Actions, type Sort, type View } from "./view";
import { flags, holder, placeType, support } from "./words";

/** Rows at first, and more at each "show more": a browser is slow with tens of thousands. */
const FEW = 250;
const MORE = 1000;

interface Row {
  element: HTMLTableRowElement;
  button: HTMLButtonElement;
  picture: HTMLCanvasElement;
  cells: [HTMLElement, HTMLElement];
  /** What the cells say now, so that only rows that change are touched. */
  said: string;
}

export class PlaceList {
  /** By their names, the numbers of the model's places. */
  private alphabet: number[] = [];
  /** The names as they are searched, by number. */
  private folded: string[] = [];
  private readonly rows = new Map<string, Row>();
  private readonly body = get<HTMLElement>("list-body");
  private readonly missing = get<HTMLElement>("missing-list");
  private readonly search = get<HTMLInputElement>("search");
  private states: State[] = [];
  private view: View | null = null;
  private room = FEW;
  private order = "";

  constructor(
    private readonly model: Model,
    private readonly actions: Actions,
    private dark: boolean,
  ) {
    this.reload();
    this.search.addEventListener("input", () => this.actions.find(this.search.value));
    this.search.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !this.view) return;
      // What was typed last may not have been drawn yet.
      this.view = { ...this.view, search: this.search.value };
      const first = this.matching()[0];
      if (first) {
        event.preventDefault();
        this.actions.select(first.place.data.id, { focus: true, fly: true });
      }
    });
    document.querySelectorAll<HTMLButtonElement>("button[data-sort]").forEach((button) =>
      button.addEventListener("click", () => {
        const by = button.dataset.sort as Sort["by"];
        const now = this.view!.sort;
        this.actions.sortBy({ by, down: now.by === by && !now.down });
      }),
    );
    get("list-all").addEventListener("click", () => {
      this.room += MORE;
      this.refresh();
    });
  }

  /** The places of the model as it is now. */
  reload(): void {
    this.rows.clear();
    this.order = "";
    // Comparing names by the rules of a language is slow, and the list is sorted again at each step of the slider.
    const { compare } = new Intl.Collator("en", { numeric: true });
    const names = this.model.places.map(({ data }) => data);
    this.alphabet = names.map((_, n) => n).sort((a, b) => compare(names[a]!.name, names[b]!.name) || (names[a]!.id < names[b]!.id ? -1 : 1));
    this.folded = names.map(({ name: words }) => fold(words));
    const lost = this.model.data.unplaced.length;
    get("missing").hidden = lost === 0;
    get("missing-count").textContent = `Not found: ${lost} ${lost === 1 ? "place" : "places"}`;
  }

  show(states: State[], view: View): void {
    this.states = states;
    this.view = view;
    if (this.search.value !== view.search) this.search.value = view.search;
    this.refresh();
  }

  /** Another place is the one that the panel shows; null: none. */
  choose(id: string | null): void {
    if (this.view) this.view = { ...this.view, place: id };
    this.body.querySelector(".current")?.classList.remove("current");
    this.missing.querySelector(".current")?.classList.remove("current");
    if (id !== null) this.rows.get(id)?.element.classList.add("current");
  }

  repaint(dark: boolean): void {
    this.dark = dark;
    this.rows.forEach((row) => (row.said = ""));
    this.refresh();
  }

  /** Back to the row of a place, after its panel has been closed. */
  focus(id: string): void {
    const row = this.rows.get(id);
    if (row?.element.isConnected) row.button.focus();
    else this.search.focus();
  }

  private row(state: State): Row {
    const { data } = state.place;
    const known = this.rows.get(data.id);
    if (known) return known;
    const button = h(
      "button",
      { type: "button", class: "link place", click: () => this.actions.select(data.id, { focus: true, fly: true }) },
      name(data.name),
    );
    for (const look of ["pointerenter", "focus"]) button.addEventListener(look, () => this.actions.glance(data.id));
    const kind = data.type === "settlement" ? null : placeType(data);
    const cells: Row["cells"] = [h("td", {}), h("td", { class: "number" })];
    const picture = document.createElement("canvas");
    const head = h("th", {}, button, kind ? h("span", { class: "small" }, kind) : null);
    head.scope = "row";
    const row = { element: h("tr", {}, h("td", { class: "sign-cell" }, picture), head, ...cells), button, picture, cells, said: "" };
    this.rows.set(data.id, row);
    return row;
  }

  private matching(): State[] {
    const { search, filters, sort } = this.view!;
    const { by, down } = sort;
    const wanted = fold(search.trim());
    // While searching, names that begin with what was typed come first.
    const [first, late]: [State[], State[]] = [[], []];
    for (const n of this.alphabet) {
      const state = this.states[n]!;
      const at = wanted === "" ? 0 : this.folded[n]!.indexOf(wanted);
      if (at >= 0 && passes(state, filters)) (at === 0 ? first : late).push(state);
    }
    // They stand in the order of their names: what is equal otherwise stays so.
    const key = (state: State): string | number => (by === "holder" ? holder(state, this.model.actors) : (state.age ?? Infinity));
    const sorted = (states: State[]): State[] => {
      if (by === "name") return down ? states.reverse() : states;
      const keyed = states.map((state) => ({ state, key: key(state) }));
      keyed.sort((a, b) => (a.key === b.key ? 0 : a.key < b.key === down ? 1 : -1));
      return keyed.map(({ state }) => state);
    };
    return [...sorted(first), ...sorted(late)];
  }

  private refresh(): void {
    if (!this.view) return;
    const found = this.matching();
    const placed = found.filter(({ place }) => place.placed);
    const shown = placed.slice(0, this.room);
    const lost = found.filter(({ place }) => !place.placed).slice(0, this.room);
    for (const state of [...shown, ...lost]) this.fill(state);

    const order = [...shown, null, ...lost].map((state) => state?.place.data.id ?? "").join("\n");
    if (order !== this.order) {
      // Moving the focused row out and in again would drop the focus.
      const focused = document.activeElement;
      this.body.replaceChildren(...shown.map((state) => this.row(state).element));
      this.missing.replaceChildren(...lost.map((state) => this.row(state).element));
      if (focused instanceof HTMLElement && focused !== document.activeElement && focused.isConnected) focused.focus();
      this.order = order;
    }
    const number = (count: number): string => count.toLocaleString("en-GB");
    get("list-all").hidden = shown.length === placed.length;
    get("list-all").textContent = `Show more (${number(shown.length)} of ${number(placed.length)})`;
    const total = this.states.length;
    get("list-count").textContent =
      found.length === total ? `${number(total)} ${total === 1 ? "place" : "places"}` : `${number(found.length)} of ${number(total)} places`;
    const { sort } = this.view;
    document.querySelectorAll<HTMLButtonElement>("button[data-sort]").forEach((button) => {
      const on = button.dataset.sort === sort.by;
      button.closest("th")?.setAttribute("aria-sort", on ? (sort.down ? "descending" : "ascending") : "none");
    });
  }

  private fill(state: State): void {
    const row = this.row(state);
    row.element.classList.toggle("current", this.view!.place === state.place.data.id);
    const who = holder(state, this.model.actors);
    const signs = flags(state);
    const look = lookOf(state, this.model.actors, this.dark);
    const said = JSON.stringify([who, signs, state.age, state.spell?.support, look]);
    if (said === row.said) return;
    row.said = said;
    sign(look, 20, row.picture).style.opacity = String(strengthOfAge(state));
    row.cells[0].replaceChildren(
      h("span", {}, name(who)),
      signs.length > 0 ? h("span", { class: "small" }, signs.join(", ")) : "",
    );
    const figure = state.spell && state.status !== "unknown" ? support(state.spell.support) : "–";
    const age = state.age === null ? "" : state.age === 0 ? "same day" : days(state.age);
    row.cells[1].replaceChildren(h("span", {}, figure), h("span", { class: "small" }, age));
  }
}

/** Lower case without accents, so that "Kubaysa" finds "Kubaysā". */
export function fold(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase("en");
}
