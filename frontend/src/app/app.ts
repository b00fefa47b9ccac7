// The local application: map and evidence, tables, review and adding reports, over one server.
import { address, onAddress } from "../address";
import { readBorders } from "../borders";
import type { MapData } from "../data";
import { dayOf, isoOf } from "../dates";
import { get, h } from "../dom";
import { Model } from "../model";
import { Tables } from "../tables";
import { allowWorkers } from "../trusted";
import { Views } from "../views";
import { Workspace } from "../workspace";
import { Adding } from "./add";
import { ApiError, ask, Latest, waiting } from "./api";
import { ServerArchive } from "./archive";
import { openReport } from "./report";
import { Review } from "./review";
import { serverShelf } from "./shelf";
import type { About, Histogram, Index } from "./types";

const WORKER = "/assets/worker.js";
/** How often the page asks whether the ledger has grown, in milliseconds. */
const LOOK = 5000;
const VIEWS = ["map", "tables", "review", "add"] as const;
type ViewName = (typeof VIEWS)[number];

class Shell {
  private readonly archive: ServerArchive;
  private readonly tables: Tables;
  private readonly review: Review;
  private readonly adding: Adding;
  private readonly views = new Views<ViewName>(VIEWS, (view) => this.opened(view));
  private workspace: Workspace | null = null;
  private model: Model | null = null;
  private stale = false;
  /** The map has more than the last day's states, which it begins with. */
  private whole = false;
  /** The ledger has too many spells to have them all here. */
  private large = false;
  private timer = 0;
  /** Of such a ledger, the day that the map has. */
  private taken: number | null = null;
  /** What the map is asked for. */
  private readonly asked = new Latest();

  private readonly fail = (error: unknown): void => {
    this.stale = true;
    fault(`${String(error)} The map still shows what it showed before.`);
  };

  constructor(
    private about: About,
    /** The states of the last day, asked for before anything else. */
    private readonly first: Promise<MapData>,
  ) {
    this.archive = new ServerArchive(
      (report, claim) => void openReport(report, claim),
      (claim) => this.views.go("review", { claim }),
    );
    const openPlace = (id: string): void => {
      this.views.go("map", {});
      this.workspace?.select(id, { focus: true, fly: true });
      // One that the map does not have, which its panel says.
      if (!this.model?.byId.has(id)) get("panel-title").focus();
    };
    this.tables = new Tables(serverShelf, { openPlace, openReport: (id, claim) => void openReport(id, claim), openClaim: (claim) => this.views.go("review", { claim }), country: (code) => this.model?.country(code) ?? code, actor: (id) => this.model?.actors.get(id).name ?? id, of: () => ({ day: this.model?.range?.last ?? null, known: null }) });
    this.review = new Review(about, () => this.model!.actors, () => (this.stale = true));
    this.adding = new Adding(about, { openPlace, read: () => this.read() });
    for (const view of VIEWS) get(`go-${view}`).addEventListener("click", () => this.views.go(view, view === "review" ? { claim: null } : {}));
    get("report-close").addEventListener("click", () => get<HTMLDialogElement>("report").close());
    onAddress(() => this.views.show());
    get("changed-show").addEventListener("click", () => void this.refresh().catch(this.fail));
    document.addEventListener("visibilitychange", () => void this.look());
    this.describe();
  }

  async start(): Promise<void> {
    await this.ready();
    const data = await this.first;
    waiting.tell = (words) => this.working(words);
    this.model = new Model(data, this.range());
    nothing(data);
    const asked = address().get("p");
    this.workspace = new Workspace(this.model, {
      archive: this.archive,
      worker: WORKER,
      tiles: this.about.tiles,
      anyDay: true,
      know: (known) => this.know(known),
      day: () => this.day(),
    });
    // It opens the places of the map alone.
    if (asked !== null && !this.model.byId.has(asked)) this.workspace.select(asked);
    this.views.show();
    document.documentElement.dataset.ready = "yes";
    await this.everything();
  }

  /** First the states of the last day were shown; now those of all days, for the slider. */
  private async everything(): Promise<void> {
    const workspace = this.workspace!;
    await this.histogram();
    // The address may have asked for them as known on a day, which may not have come.
    if (workspace.known !== null) await workspace.came;
    if (workspace.known === null) await workspace.know(null);
    else workspace.reload();
    if (this.large && this.taken !== workspace.day) this.day();
    document.documentElement.dataset.ready = "all";
    window.setInterval(() => void this.look(), LOOK);
  }

  private async histogram(): Promise<void> {
    const { bins } = await ask<Histogram>("/histogram");
    this.model!.histogram = bins.flatMap(({ day, claims }) => (dayOf(day) === null ? [] : [[dayOf(day)!, claims] as [number, number]]));
  }

  /** Whether the map is now one of the places as known on that day. */
  private async know(known: number | null): Promise<boolean> {
    try {
      await this.states(known);
      return true;
    } catch (error) {
      this.fail(error);
      // What the date says is what the map shows.
      if (this.taken !== null) this.workspace?.setDay(this.taken);
      window.clearTimeout(this.timer);
      return false;
    }
  }

  /** The states of all days as known on one; where that is too much, each day is asked for when it is looked at. */
  private async states(known: number | null): Promise<void> {
    const at = { known: known === null ? null : isoOf(known) };
    try {
      if (!this.large) return this.take(await this.asked.ask<MapData>("/map", { course: "all", ...at }));
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 400) throw error;
      this.large = true;
      document.documentElement.dataset.large = "true";
    }
    const day = this.workspace?.day ?? this.model?.range?.last ?? null;
    const data = await this.asked.ask<MapData>("/map", { course: "at", day: day === null ? null : isoOf(day), ...at });
    if (data) this.taken = day;
    this.take(data);
  }

  private take(data: MapData | null): void {
    if (!data) return;
    this.whole = true;
    fault(null);
    get("changed").hidden = true;
    this.model?.replace(data, this.range());
    nothing(data);
    this.describe();
  }

  /** The states of a day of a ledger that is too large to have all days here. */
  private day(): void {
    if (!this.large) return;
    window.clearTimeout(this.timer);
    const workspace = this.workspace!;
    this.timer = window.setTimeout(() => void workspace.know(workspace.known), 120);
  }

  private working(words: string | null): void {
    get("building").hidden = words === null;
    get("building-what").textContent = words ?? "";
  }

  private range(): { first: number; last: number } | null {
    const [first, last] = [dayOf(this.about.first_day), dayOf(this.about.last_day)];
    return first === null || last === null ? null : { first: Math.min(first, last), last };
  }

  /** Wait until the index is built, telling how far it is. */
  private async ready(): Promise<void> {
    const box = get("building");
    for (let index = this.about.index; ; index = await ask<Index>("/index")) {
      box.hidden = index.ready;
      get("building-part").hidden = index.ready;
      if (index.ready) return;
      if (index.fault) throw new ApiError(index.fault, 503);
      get("building-what").textContent = index.doing;
      get<HTMLProgressElement>("building-part").value = index.fraction;
      await new Promise((resolve) => window.setTimeout(resolve, 400));
    }
  }

  private read(): void {
    this.review.forget();
    void this.refresh().catch(this.fail);
  }

  /** New reports or judgements: ask for everything again. */
  private async refresh(): Promise<void> {
    if (!this.workspace) return;
    this.stale = false;
    await this.ready();
    this.archive.forget();
    [this.about] = await Promise.all([ask<About>("/about"), this.histogram()]);
    await this.workspace.know(this.workspace.known);
  }

  /** Others may add to the ledger: a map beside evidence that is newer would contradict it. */
  private async look(): Promise<void> {
    if (document.hidden) return;
    if (!this.whole) return void (await this.workspace?.know(this.workspace.known));
    const index = await ask<Index>("/index").catch(() => null);
    if (!index?.ready || index.version === this.asked.version) return;
    // Nobody reads it meanwhile: it is asked for again when it is looked at.
    if (get("view-map").hidden) this.stale = true;
    else get("changed").hidden = false;
  }

  private opened(view: ViewName): void {
    if (view !== "map") this.workspace?.rest();
    if (view === "map") {
      this.workspace?.resize();
      if (this.stale) void this.refresh().catch(this.fail);
    } else if (view === "tables") this.tables.open();
    else if (view === "review") this.review.open();
    else this.adding.open();
  }

  private describe(): void {
    const { about } = this;
    const { counts } = about;
    const number = (count: number): string => count.toLocaleString("en-GB");
    get("made").textContent = `${about.ledger} · ${number(counts.places)} places, ${number(counts.claims)} claims, ${number(counts.reports)} reports · ${about.program}`;
    get("disclaimer").textContent = about.disclaimer;
    get("about-words").textContent = about.disclaimer;
  }
}

function dialog(): void {
  const box = get<HTMLDialogElement>("about");
  get("about-open").addEventListener("click", () => {
    const text = get("licences");
    if (text.textContent === "") void fetch("/assets/licences.txt").then(async (answer) => (text.textContent = await answer.text()));
    box.showModal();
  });
  get("about-close").addEventListener("click", () => box.close());
}

function nothing({ places, unplaced }: MapData): void {
  document.body.classList.toggle("empty", places.length + unplaced.length === 0);
  get("empty").hidden = !document.body.classList.contains("empty");
}

/** Say above all else what did not work; null: it works again. */
function fault(words: string | null): void {
  get("fault").hidden = words === null;
  get("fault").replaceChildren(h("h2", {}, "This did not work"), h("p", {}, words ?? ""), h("button", { type: "button", click: () => fault(null) }, "Close"));
}

async function main(): Promise<void> {
  allowWorkers((url) => new URL(url, location.href).href.split("#")[0] === new URL(WORKER, location.href).href);
  dialog();
  try {
    const first = ask<MapData>("/map", { course: "at" });
    first.catch(() => {}); // told where it is waited for
    const [about, borders] = await Promise.all([ask<About>("/about"), fetch("/assets/borders.json").then((answer) => answer.text())]);
    readBorders(borders);
    await new Shell(about, first).start();
  } catch (error) {
    fault(String(error));
    throw error;
  }
}

void main();
