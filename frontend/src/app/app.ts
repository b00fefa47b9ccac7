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
import { ApiError, ask, waiting } from "./api";
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
  private asked: AbortController | null = null;

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
    this.adding = new Adding(about, { openPlace, read: () => void this.refresh() });
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
      know: async (known) => this.model!.replace(await this.fetch(known, this.large ? "at" : "all")),
      day: (day) => this.day(day),
    });
    this.views.show();
    document.documentElement.dataset.ready = "yes";
    await this.everything();
  }

  /** First the states of the last day were shown; now those of all days, for the slider. */
  private async everything(): Promise<void> {
    const known = dayOf(address().get("k"));
    const [data, histogram] = await Promise.all([known === null ? this.whole() : null, ask<Histogram>("/histogram")]);
    if (data) {
      this.model!.replace(data);
      this.workspace!.reload();
    }
    this.workspace!.histogram(histogram.bins.flatMap(({ day, claims }) => (dayOf(day) === null ? [] : [[dayOf(day)!, claims] as [number, number]])));
    document.documentElement.dataset.ready = "all";
  }

  /** All days at once; where that is too much, each day is asked for when it is looked at. */
  private async whole(): Promise<MapData | null> {
    try {
      return await this.fetch(null, "all");
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 400) throw error;
      this.large = true;
      document.documentElement.dataset.large = "true";
      if (this.workspace!.day !== this.range()?.last) this.day(this.workspace!.day);
      return null;
    }
  }

  /** The states of a day of a ledger that is too large to have all days here. */
  private day(day: number): void {
    if (!this.large) return;
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => {
      this.asked?.abort();
      const asked = (this.asked = new AbortController());
      const known = dayOf(address().get("k"));
      const query = { course: "at", day: isoOf(day), known: known === null ? null : isoOf(known) };
      ask<MapData>("/map", query, asked.signal).then(
        (data) => {
          this.model!.replace(data);
          this.workspace!.reload();
        },
        (error: unknown) => {
          if (!asked.signal.aborted) this.working(String(error));
        },
      );
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

  private fetch(known: number | null, course: "at" | "all"): Promise<MapData> {
    const day = this.large && this.workspace ? isoOf(this.workspace.day) : null;
    return ask<MapData>("/map", { course, known: known === null ? null : isoOf(known), day: course === "at" ? day : null });
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
    const known = dayOf(address().get("k"));
    this.model?.replace(await this.fetch(known, this.large ? "at" : "all"));
    this.workspace?.reload();
    this.describe(await ask<About>("/about"));
  }

  private opened(view: ViewName): void {
    if (view === "map") {
      this.workspace?.resize();
      if (this.stale) void this.refresh();
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
    get("fault").hidden = false;
    get("fault").replaceChildren(h("h2", {}, "This did not work"), h("p", {}, String(error)));
    throw error;
  }
}

void main();
