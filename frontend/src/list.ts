// All places as a table: for screen readers, narrow windows and browsers that draw no map; and the search.
import type { Model, State } from "./data";
import { days } from "./dates";
import { get, h, name } from "./dom";
import { lookOf, sign, strengthOfAge } from "./glyphs";
import { passes, type Actions, type View } from "./view";
import { flags, holder, placeType, support } from "./words";

type Column = "name" | "holder" | "age";
const FEW = 250;

interface Row {
  element: HTMLTableRowElement;
  button: HTMLButtonElement;
  cells: [HTMLElement, HTMLElement, HTMLElement];
  /** What the cells say now, so that only rows that change are touched. */
  said: string;
  folded: string;
  /** Where the name stands in the alphabet of all names. */
  rank: number;
}

export class PlaceList {
  private readonly rows = new Map<string, Row>();
  private readonly body = get<HTMLElement>("list-body");
  private readonly missing = get<HTMLElement>("missing-list");
  private readonly search = get<HTMLInputElement>("search");
  private states: State[] = [];
  private view: View | null = null;
  private sort: { by: Column; down: boolean } = { by: "name", down: false };
  private all = false;
  private order = "";

  constructor(
    private readonly model: Model,
    private readonly actions: Actions,
    private dark: boolean,
  ) {
    // Comparing names by the rules of a language is slow, and the list is sorted again at each step of the slider.
    const { compare } = new Intl.Collator("en", { numeric: true });
    const named = model.places.map(({ data }) => data).sort((a, b) => compare(a.name, b.name) || (a.id < b.id ? -1 : 1));
    named.forEach(({ id }, rank) => this.rows.set(id, this.row(id, rank)));
    const lost = model.data.unplaced.length;
    get("missing").hidden = lost === 0;
    get("missing-count").textContent = `Not found: ${lost} ${lost === 1 ? "place" : "places"}`;
    this.search.addEventListener("input", () => this.refresh());
    this.search.addEventListener("keydown", (event) => {
      const first = this.matching()[0];
      if (event.key === "Enter" && first) {
        event.preventDefault();
        this.actions.select(first.place.data.id, { focus: true, fly: true });
      }
    });
    document.querySelectorAll<HTMLButtonElement>("button[data-sort]").forEach((button) =>
      button.addEventListener("click", () => {
        const by = button.dataset.sort as Column;
        this.sort = { by, down: this.sort.by === by && !this.sort.down };
        this.refresh();
      }),
    );
    get("list-all").addEventListener("click", () => {
      this.all = true;
      this.refresh();
    });
  }

  show(states: State[], view: View): void {
    this.states = states;
    this.view = view;
    this.refresh();
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

  private row(id: string, rank: number): Row {
    const data = this.model.byId.get(id)!.data;
    const button = h(
      "button",
      { type: "button", class: "link place", click: () => this.actions.select(id, { focus: true, fly: true }) },
      name(data.name),
    );
    const kind = data.type === "settlement" ? null : placeType(data);
    const cells: Row["cells"] = [h("td", { class: "sign-cell" }), h("td", {}), h("td", { class: "number" })];
    const head = h("th", {}, button, kind ? h("span", { class: "small" }, kind) : null);
    head.scope = "row";
    const element = h("tr", {}, cells[0], head, cells[1], cells[2]);
    return { element, button, cells, said: "", folded: fold(data.name), rank };
  }

  private matching(): State[] {
    const wanted = fold(this.search.value.trim());
    const found = this.states.filter(({ place }) => wanted === "" || this.rows.get(place.data.id)!.folded.includes(wanted));
    return found.filter((state) => passes(state, this.view!.filters)).sort((a, b) => this.compare(a, b, wanted));
  }

  private compare(a: State, b: State, wanted: string): number {
    const rank = (state: State): number => this.rows.get(state.place.data.id)!.rank;
    const names = rank(a) - rank(b);
    // While searching, names that begin with what was typed come first.
    if (wanted !== "") {
      const begins = (state: State): number => (this.rows.get(state.place.data.id)!.folded.startsWith(wanted) ? 0 : 1);
      if (begins(a) !== begins(b)) return begins(a) - begins(b);
    }
    const way = this.sort.down ? -1 : 1;
    if (this.sort.by === "holder") {
      return way * holder(a, this.model.actors).localeCompare(holder(b, this.model.actors), "en") || names;
    }
    if (this.sort.by === "age") return way * ((a.age ?? Infinity) - (b.age ?? Infinity) || 0) || names;
    return way * names;
  }

  private refresh(): void {
    if (!this.view) return;
    const found = this.matching();
    const placed = found.filter(({ place }) => place.placed);
    const shown = this.all ? placed : placed.slice(0, FEW);
    const lost = found.filter(({ place }) => !place.placed);
    for (const state of [...shown, ...lost]) this.fill(state);

    const order = [...shown, null, ...lost].map((state) => state?.place.data.id ?? "").join("\n");
    if (order !== this.order) {
      // Moving the focused row out and in again would drop the focus.
      const focused = document.activeElement;
      this.body.replaceChildren(...shown.map(({ place }) => this.rows.get(place.data.id)!.element));
      this.missing.replaceChildren(...lost.map(({ place }) => this.rows.get(place.data.id)!.element));
      if (focused instanceof HTMLElement && focused !== document.activeElement && focused.isConnected) focused.focus();
      this.order = order;
    }
    get("list-all").hidden = shown.length === placed.length;
    get("list-all").textContent = `Show all ${placed.length.toLocaleString("en-GB")}`;
    const total = this.states.length;
    get("list-count").textContent =
      found.length === total ? `${total} ${total === 1 ? "place" : "places"}` : `${found.length} of ${total} places`;
    document.querySelectorAll<HTMLButtonElement>("button[data-sort]").forEach((button) => {
      const on = button.dataset.sort === this.sort.by;
      button.closest("th")?.setAttribute("aria-sort", on ? (this.sort.down ? "descending" : "ascending") : "none");
    });
  }

  private fill(state: State): void {
    const row = this.rows.get(state.place.data.id)!;
    row.element.classList.toggle("current", this.view!.place === state.place.data.id);
    const who = holder(state, this.model.actors);
    const signs = flags(state);
    const look = lookOf(state, this.model.actors, this.dark);
    const said = JSON.stringify([who, signs, state.age, state.spell?.support, look]);
    if (said === row.said) return;
    row.said = said;
    const picture = sign(look, 20);
    picture.style.opacity = String(strengthOfAge(state));
    row.cells[0].replaceChildren(picture);
    row.cells[1].replaceChildren(
      h("span", {}, name(who)),
      signs.length > 0 ? h("span", { class: "small" }, signs.join(", ")) : "",
    );
    const figure = state.spell && state.status !== "unknown" ? support(state.spell.support) : "–";
    const age = state.age === null ? "" : state.age === 0 ? "same day" : days(state.age);
    row.cells[2].replaceChildren(h("span", {}, figure), h("span", { class: "small" }, age));
  }
}

/** Lower case without accents, so that "Kubaysa" finds "Kubaysā". */
function fold(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase("en");
}
