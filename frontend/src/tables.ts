// The tables: search, filter, sort, page, and take what is shown along as a file.
import { address, writeAddress } from "./address";
import { copyRows } from "./copying";
import { TABLES, TABLE_NAMES, type Filter, type TableName } from "./columns";
import { own } from "./data";
import { dayOf, longDate } from "./dates";
import { get, h, link, name } from "./dom";
import type { Column, Page, Row, Shelf, Wanted } from "./shelf";

const ROWS = 50;

interface Doors {
  openPlace(id: string): void;
  /** Whether a place can be opened; left out, every one can. */
  has?(id: string): boolean;
  /** Where whole reports can be shown. */
  openReport?(id: string, claim: string | null): void;
  openClaim(id: string): void;
  /** The name of a country by its code, and of an actor by its id. */
  country(code: string): string;
  actor(id: string): string;
  /** The day that the answers are for, and that they are known on; null: the latest, and in hindsight. */
  of(): { day: number | null; known: number | null };
}

const WHAT: Record<TableName, string> = {
  places: "The latest answer for each place",
  claims: "The claims",
  reports: "The reports",
  issues: "",
};

export class Tables {
  private table: TableName = "places";
  private search = "";
  private sort = "";
  private filters: Record<string, string> = {};
  private every = false;
  /** Cursors of the pages before this one, and of this one. */
  private cursors: (string | null)[] = [null];
  private asked: AbortController | null = null;
  /** Names of what the rows have ids of, where they came along. */
  private actors: Record<string, string> = {};
  private countries: Record<string, string> = {};
  private timer = 0;

  constructor(
    private readonly shelf: Shelf,
    private readonly doors: Doors,
  ) {
    for (const table of TABLE_NAMES.filter((one) => shelf.has(one))) {
      const button = h("button", { type: "button", class: "chip", data: { table }, click: () => this.choose(table) }, TABLES[table].label);
      get("table-names").append(button);
    }
    copyRows(get("table-scroll"));
    // On a phone the rows come first.
    get<HTMLDetailsElement>("table-filter-box").open = matchMedia("(min-width: 761px)").matches;
    const field = get<HTMLInputElement>("table-search");
    field.addEventListener("input", () => this.change({ search: field.value }, 250));
    get<HTMLInputElement>("table-all").addEventListener("change", (event) => {
      this.every = (event.target as HTMLInputElement).checked;
      void this.load();
    });
    get("table-back").addEventListener("click", () => this.turn(-1));
    get("table-on").addEventListener("click", () => this.turn(1));
    get<HTMLSelectElement>("table-format").addEventListener("change", () => this.link());
  }

  /** As the address says. */
  open(): void {
    const values = address();
    const table = TABLE_NAMES.find((one) => one === values.get("t") && this.shelf.has(one)) ?? "places";
    this.table = table;
    this.search = values.get("tq") ?? "";
    this.sort = values.get("ts") ?? "";
    const filters = TABLES[table].filters.flatMap(({ name: key }) => (values.get(`t.${key}`) ? [[key, values.get(`t.${key}`)!]] : []));
    this.filters = Object.fromEntries(filters) as Record<string, string>;
    this.cursors = [null];
    this.controls();
    this.told();
    void this.load();
  }

  /** Of what day and knowledge the rows are: the map beside them may be set to others. */
  private told(): void {
    const { day, known } = this.doors.of();
    const [shown, then] = [dayOf(address().get("d")), dayOf(address().get("k"))];
    const what = WHAT[this.table];
    const words = `${what}${this.table === "places" && day !== null ? `, as of ${longDate(day)}` : ""}, ${known === null ? "by all reports read" : `as known on ${longDate(known)}`}.`;
    const map = [shown === null || shown === day ? null : longDate(shown), then === null ? null : `what was known on ${longDate(then)}`].filter((one) => one !== null);
    const other = map.length > 0 ? ` The map is set to ${map.join(" and to ")}; the tables do not go by that.` : "";
    get("table-of").textContent = what === "" ? "" : words + other;
  }

  /** Show a table with some filters, as other pages lead to it. */
  choose(table: TableName, filters: Record<string, string> = {}): void {
    this.write({ t: table, tq: null, ts: null, ...this.keys(filters, table) });
    this.open();
  }

  private keys(filters: Record<string, string>, table: TableName): Record<string, string | null> {
    const every = TABLE_NAMES.flatMap((one) => TABLES[one].filters.map(({ name: key }) => key));
    const wanted = new Set(TABLES[table].filters.map(({ name: key }) => key));
    return Object.fromEntries(every.map((key) => [`t.${key}`, wanted.has(key) ? (filters[key] ?? null) : null]));
  }

  private write(values: Record<string, string | null>): void {
    writeAddress(values);
  }

  private change(what: Partial<{ search: string; sort: string; filters: Record<string, string> }>, wait = 0): void {
    Object.assign(this, what);
    this.cursors = [null];
    this.write({ t: this.table, tq: this.search, ts: this.sort, ...this.keys(this.filters, this.table) });
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.load(), wait);
  }

  private turn(way: 1 | -1): void {
    if (way === -1) this.cursors.pop();
    // Forward, the next cursor has been put there by the page that was loaded.
    else this.cursors.push(get("table-on").dataset.cursor ?? null);
    void this.load().then(() => get("table-scroll").scrollTo({ top: 0 }));
  }

  private wanted(): Wanted {
    return { q: this.search, sort: this.sort, filters: this.filters };
  }

  private controls(): void {
    const spec = TABLES[this.table];
    document.querySelectorAll<HTMLElement>("[data-table]").forEach((button) => {
      button.setAttribute("aria-pressed", String(button.dataset.table === this.table));
    });
    get<HTMLInputElement>("table-search").value = this.search;
    const filters = spec.filters.filter(({ name: key }) => this.shelf.has(this.table, key));
    get("table-filters").replaceChildren(...filters.map((filter) => this.filter(filter)));
    const format = get<HTMLSelectElement>("table-format");
    format.replaceChildren(...this.shelf.formats(this.table).map((one) => h("option", {}, one)));
  }

  private filter({ name: key, label, input }: Filter): HTMLElement {
    const value = this.filters[key] ?? "";
    const set = (now: string, wait: number): void => {
      const filters = { ...this.filters, [key]: now.trim() };
      if (filters[key] === "") delete filters[key];
      this.change({ filters }, wait);
    };
    let field: HTMLInputElement | HTMLSelectElement;
    if (typeof input === "string") {
      field = h("input", { type: input === "day" ? "date" : "text" });
      (field as HTMLInputElement).maxLength = 300;
    } else {
      const words: Record<string, string> = { true: "yes", false: "no" };
      field = h("select", {}, h("option", {}, "any"));
      field.firstElementChild!.setAttribute("value", "");
      for (const choice of input) {
        const option = h("option", {}, words[choice] ?? choice);
        option.value = choice;
        field.append(option);
      }
    }
    field.value = value;
    field.addEventListener(typeof input === "string" ? "input" : "change", () => set(field.value, input === "text" ? 300 : 0));
    return h("label", {}, h("span", {}, label), field);
  }

  private async load(): Promise<void> {
    this.asked?.abort();
    const asked = (this.asked = new AbortController());
    const body = get("table-body");
    body.setAttribute("aria-busy", "true");
    try {
      const cursor = this.cursors.at(-1) ?? null;
      const page = await this.shelf.page(this.table, this.wanted(), ROWS, cursor, asked.signal);
      this.show(page);
    } catch (error) {
      if (asked.signal.aborted) return;
      get("table-head").replaceChildren();
      body.replaceChildren(h("tr", {}, h("td", { role: "alert" }, String(error))));
      get("table-count").textContent = "";
    }
    body.removeAttribute("aria-busy");
    this.link();
  }

  private link(): void {
    const anchor = get<HTMLAnchorElement>("table-export");
    const format = get<HTMLSelectElement>("table-format").value || "csv";
    this.shelf.link(anchor, this.table, format, this.wanted());
  }

  private show(page: Page): void {
    [this.actors, this.countries] = [page.actors ?? {}, page.countries ?? {}];
    const { shown } = TABLES[this.table];
    const named = page.columns.filter(({ name: key }) => this.every || shown.includes(key));
    // Where the columns are others than thought of, all are shown.
    const columns = named.length > 0 ? named : page.columns;
    if (!this.every) columns.sort((a, b) => shown.indexOf(a.name) - shown.indexOf(b.name));
    get("table-head").replaceChildren(h("tr", {}, ...columns.map((column) => this.heading(column))));
    const rows = page.rows.map((row) => h("tr", {}, ...columns.map((column, n) => this.cell(row, column, n === 0))));
    if (rows.length === 0) rows.push(h("tr", {}, h("td", {}, "Nothing fits.")));
    get("table-body").replaceChildren(...rows);
    const first = (this.cursors.length - 1) * ROWS + 1;
    const total = page.total >= page.counted_to ? `more than ${page.counted_to.toLocaleString("en-GB")}` : page.total.toLocaleString("en-GB");
    get("table-count").textContent =
      page.rows.length === 0 ? "none" : `${first.toLocaleString("en-GB")} to ${(first + page.rows.length - 1).toLocaleString("en-GB")} of ${total}`;
    get<HTMLButtonElement>("table-back").disabled = this.cursors.length < 2;
    const on = get<HTMLButtonElement>("table-on");
    on.disabled = page.next === null;
    if (page.next !== null) on.dataset.cursor = page.next;
  }

  private heading({ name: key, says, sorts }: Column): HTMLElement {
    const words = key.replaceAll("_", " ");
    const head = h("th", { title: says });
    head.scope = "col";
    if (!sorts) head.append(words);
    else {
      const way = this.sort === key ? "ascending" : this.sort === `-${key}` ? "descending" : "none";
      head.setAttribute("aria-sort", way);
      head.append(h("button", { type: "button", click: () => this.change({ sort: way === "ascending" ? `-${key}` : key }) }, words));
    }
    return head;
  }

  private cell(row: Row, { name: key, type }: Column, first: boolean): HTMLElement {
    const value = row[key];
    const words = this.words(key, value);
    const heads = first && words !== "";
    const cell = h(heads ? "th" : "td", { class: type === "number" || type === "integer" ? "number" : type === "day" ? "day" : "" });
    // What the filters and the files go by.
    if (typeof value === "string" && words !== value) cell.title = value;
    if (heads) (cell as HTMLTableCellElement).scope = "row";
    const door = this.door(key, row);
    if (key === "url" && words) cell.append(link(words, words));
    else if (door && words) cell.append(h("button", { type: "button", class: "link", click: door }, name(words)));
    else cell.append(name(words));
    return cell;
  }

  private words(key: string, value: unknown): string {
    if (value === null || value === undefined) return "";
    if (Array.isArray(value)) return value.join("; ");
    if (typeof value === "boolean") return value ? "yes" : "";
    if (typeof value !== "string") return String(value);
    if (key === "country") return own(this.countries, value) ?? this.doors.country(value);
    return ["actor", "against", "speaker_side"].includes(key) ? (own(this.actors, value) ?? this.doors.actor(value)) : value;
  }

  /** Where a cell leads to. */
  private door(key: string, row: Row): (() => void) | null {
    const { place_id: place, report_id: report } = row;
    const id = row.id ?? row.claim;
    if (typeof place === "string" && this.doors.has?.(place) === false) return null;
    if (key === "place" && typeof place === "string" && this.table !== "issues") return () => this.doors.openPlace(place);
    const { openReport } = this.doors;
    if (["report", "label", "title"].includes(key) && typeof report === "string") {
      return openReport ? () => openReport(report, null) : null;
    }
    if (key === "quote" && typeof report === "string" && openReport) return () => openReport(report, typeof id === "string" ? id : null);
    if (["kind", "quote"].includes(key) && typeof id === "string") return () => this.doors.openClaim(id);
    if (key === "claims" && this.table === "places" && typeof place === "string") return () => this.choose("claims", { place });
    return null;
  }
}
