// The local application: map and evidence, tables, review and adding reports, over one server.
import { address, onAddress, writeAddress } from "../address";
import { readBorders } from "../borders";
import type { MapData } from "../data";
import { dayOf, isoOf } from "../dates";
import { get, h } from "../dom";
import { Model } from "../model";
import { allowWorkers } from "../trusted";
import { Workspace } from "../workspace";
import { Adding } from "./add";
import { ApiError, ask } from "./api";
import { ServerArchive } from "./archive";
import { openReport } from "./report";
import { Review } from "./review";
import { Tables } from "./tables";
import type { About, Histogram, Index } from "./types";

const WORKER = "/assets/worker.js";
const VIEWS = ["map", "tables", "review", "add"] as const;
type ViewName = (typeof VIEWS)[number];

class Shell {
  private readonly archive: ServerArchive;
  private readonly tables: Tables;
  private readonly review: Review;
  private readonly adding: Adding;
  private workspace: Workspace | null = null;
  private model: Model | null = null;
  private stale = false;

  constructor(private readonly about: About) {
    this.archive = new ServerArchive(
      (report, claim) => void openReport(report, claim),
      (claim) => this.go("review", { claim }),
    );
    const openPlace = (id: string): void => {
      this.go("map", {});
      this.workspace?.select(id, { focus: true, fly: true });
    };
    this.tables = new Tables({ openPlace, openReport: (id, claim) => void openReport(id, claim), openClaim: (claim) => this.go("review", { claim }) });
    this.review = new Review(about, () => this.model!.actors, () => (this.stale = true));
    this.adding = new Adding(about, { openPlace, read: () => void this.refresh() });
    for (const view of VIEWS) get(`go-${view}`).addEventListener("click", () => this.go(view, view === "review" ? { claim: null } : {}));
    get("report-close").addEventListener("click", () => get<HTMLDialogElement>("report").close());
    onAddress(() => this.show());
    this.describe();
  }

  async start(): Promise<void> {
    await this.ready();
    const data = await this.fetch(null, "at");
    this.model = new Model(data, {}, this.range());
    document.body.classList.toggle("empty", data.places.length + data.unplaced.length === 0);
    get("empty").hidden = !document.body.classList.contains("empty");
    this.workspace = new Workspace(this.model, {
      archive: this.archive,
      worker: WORKER,
      tiles: this.about.tiles,
      anyDay: true,
      know: async (known) => this.model!.replace(await this.fetch(known, "all")),
    });
    this.show();
    document.documentElement.dataset.ready = "yes";
    await this.everything();
  }

  /** First the states of the last day were shown; now those of all days, for the slider. */
  private async everything(): Promise<void> {
    const known = dayOf(address().get("k"));
    const [data, histogram] = await Promise.all([known === null ? this.fetch(null, "all") : null, ask<Histogram>("/histogram")]);
    if (data) {
      this.model!.replace(data);
      this.workspace!.reload();
    }
    this.workspace!.histogram(histogram.bins.flatMap(({ day, claims }) => (dayOf(day) === null ? [] : [[dayOf(day)!, claims] as [number, number]])));
    document.documentElement.dataset.ready = "all";
  }

  private range(): { first: number; last: number } | null {
    const [first, last] = [dayOf(this.about.first_day), dayOf(this.about.last_day)];
    return first === null || last === null ? null : { first: Math.min(first, last), last };
  }

  private fetch(known: number | null, course: "at" | "all"): Promise<MapData> {
    const on = course === "at" ? this.range()?.last : null;
    return ask<MapData>("/map", { course, known: known === null ? null : isoOf(known), on: on == null ? null : isoOf(on) });
  }

  /** Wait until the index is built, telling how far it is. */
  private async ready(): Promise<void> {
    const box = get("building");
    for (let index = this.about.index; ; index = await ask<Index>("/index")) {
      box.hidden = index.ready;
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
    this.model?.replace(await this.fetch(known, "all"));
    this.workspace?.reload();
    this.describe(await ask<About>("/about"));
  }

  private go(view: ViewName, values: Record<string, string | null>): void {
    writeAddress({ v: view === "map" ? null : view, ...values }, true);
    this.show();
  }

  private show(): void {
    const wanted = address().get("v");
    const view = VIEWS.find((one) => one === wanted) ?? "map";
    for (const one of VIEWS) {
      get(`view-${one}`).hidden = one !== view;
      if (one === view) get(`go-${one}`).setAttribute("aria-current", "page");
      else get(`go-${one}`).removeAttribute("aria-current");
    }
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
    const [about, borders] = await Promise.all([ask<About>("/about"), fetch("/assets/borders.json").then((answer) => answer.text())]);
    readBorders(borders);
    await new Shell(about).start();
  } catch (error) {
    get("fault").hidden = false;
    get("fault").replaceChildren(h("h2", {}, "This did not work"), h("p", {}, String(error)));
    throw error;
  }
}

void main();
