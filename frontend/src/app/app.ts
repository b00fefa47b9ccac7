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
  /** The ledger has too many spells to have them all here. */
  private large = false;
  private timer = 0;
  /** What the map is asked for. */
  private readonly asked = new Latest();

  private readonly fail = (error: unknown): void => fault(`${String(error)} The map still shows what it showed before.`);

  constructor(
    private readonly about: About,
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
    };
    this.tables = new Tables(serverShelf, { openPlace, openReport: (id, claim) => void openReport(id, claim), openClaim: (claim) => this.views.go("review", { claim }), country: (code) => this.model?.country(code) ?? code, actor: (id) => this.model?.actors.get(id).name ?? id });
    this.review = new Review(about, () => this.model!.actors, () => (this.stale = true));
    this.adding = new Adding(about, { openPlace, read: () => void this.refresh().catch(this.fail) });
    for (const view of VIEWS) get(`go-${view}`).addEventListener("click", () => this.views.go(view, view === "review" ? { claim: null } : {}));
    get("report-close").addEventListener("click", () => get<HTMLDialogElement>("report").close());
    onAddress(() => this.views.show());
    this.describe();
  }

  async start(): Promise<void> {
    await this.ready();
    const data = await this.first;
    waiting.tell = (words) => this.working(words);
    this.model = new Model(data, this.range());
    document.body.classList.toggle("empty", data.places.length + data.unplaced.length === 0);
    get("empty").hidden = !document.body.classList.contains("empty");
    this.workspace = new Workspace(this.model, {
      archive: this.archive,
      worker: WORKER,
      tiles: this.about.tiles,
      anyDay: true,
      know: (known) => this.states(known).catch(this.fail),
      day: () => this.day(),
    });
    this.views.show();
    document.documentElement.dataset.ready = "yes";
    await this.everything();
  }

  /** First the states of the last day were shown; now those of all days, for the slider. */
  private async everything(): Promise<void> {
    const known = dayOf(address().get("k"));
    const [, histogram] = await Promise.all([known === null ? this.states(null) : null, ask<Histogram>("/histogram")]);
    this.workspace!.reload();
    this.workspace!.histogram(histogram.bins.flatMap(({ day, claims }) => (dayOf(day) === null ? [] : [[dayOf(day)!, claims] as [number, number]])));
    document.documentElement.dataset.ready = "all";
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
    const day = this.workspace ? isoOf(this.workspace.day) : null;
    this.take(await this.asked.ask<MapData>("/map", { course: "at", day, ...at }));
  }

  private take(data: MapData | null): void {
    if (!data) return;
    fault(null);
    this.model?.replace(data);
  }

  /** The states of a day of a ledger that is too large to have all days here. */
  private day(): void {
    if (!this.large) return;
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => {
      this.states(dayOf(address().get("k"))).then(() => this.workspace!.reload(), this.fail);
    }, 120);
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

  /** New reports or judgements: ask for everything again. */
  private async refresh(): Promise<void> {
    this.stale = false;
    await this.ready();
    this.archive.forget();
    await this.states(dayOf(address().get("k")));
    this.workspace?.reload();
    this.describe(await ask<About>("/about"));
  }

  private opened(view: ViewName): void {
    if (view === "map") {
      this.workspace?.resize();
      if (this.stale) void this.refresh().catch(this.fail);
    } else if (view === "tables") this.tables.open();
    else if (view === "review") this.review.open();
    else this.adding.open();
  }

  private describe(about: About = this.about): void {
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

/** Say above all else what did not work; null: it works again. */
function fault(words: string | null): void {
  get("fault").hidden = words === null;
  get("fault").replaceChildren(h("h2", {}, "This did not work"), h("p", {}, words ?? ""));
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
