// Map, legend, list, dates and panel together: every change of the view goes through `update`.
import { address, onAddress, writeAddress } from "./address";
import { Changes } from "./changes";
import { Clock } from "./clock";
import type { Place, State } from "./data";
import { dayOf, isoOf } from "./dates";
import { get } from "./dom";
import type { Archive } from "./dossier";
import { Legend } from "./legend";
import { PlaceList } from "./list";
import { noMapBecause, startWorker, TownMap, type Position } from "./map";
import type { Model } from "./model";
import { Panel } from "./panel";
import { Theme } from "./theme";
import { Timebar } from "./timebar";
import type { Actions, Sort, View } from "./view";

export interface Setting {
  archive: Archive;
  /** Address of MapLibre's worker. */
  worker: string;
  tiles: string | null;
  /** Any day can be asked about as known: `know` then fetches it. */
  anyDay: boolean;
  /** Make the model one of the places as known on a day; null: in hindsight. False: it could not be had. */
  know(known: number | null): boolean | Promise<boolean>;
  /** The day was moved to. */
  day?(day: number): void;
}

/** How long the map waits for the evidence before it moves, in milliseconds. */
const PATIENCE = 400;
const SORTS: readonly Sort["by"][] = ["name", "holder", "age"];

export class Workspace implements Actions {
  private view: View;
  private readonly theme: Theme;
  private readonly legend: Legend;
  private readonly timebar: Timebar;
  private readonly list: PlaceList;
  private readonly panel: Panel;
  private readonly changes: Changes;
  private readonly clock: Clock;
  private map: TownMap | null = null;
  /** The day as known on that was asked for last: what is shown is of that day once it has come. */
  private wanted: number | null = null;
  private questions = 0;
  /** Settled once the day as known on that the reader chose last is shown, or could not be had. */
  came: Promise<boolean> = Promise.resolve(true);
  /** The last day there is. */
  private last: number | null;
  private frame = 0;
  private glancing = 0;
  /** What is on the screen: only what differs from it is drawn again. */
  private drawn: { states: State[]; view: View } | null = null;

  constructor(
    private readonly model: Model,
    private readonly setting: Setting,
  ) {
    this.last = model.range?.last ?? null;
    this.view = {
      day: model.range?.last ?? 0,
      known: null,
      place: null,
      filters: new Set(),
      search: "",
      sort: { by: "name", down: false },
    };
    this.theme = new Theme((dark) => this.repaint(dark));
    const { dark } = this.theme;
    this.legend = new Legend(model, this, dark);
    this.timebar = new Timebar(model, this);
    this.list = new PlaceList(model, this, dark);
    this.panel = new Panel(model, this, setting.archive);
    this.changes = new Changes(model, this);
    this.clock = new Clock(model, this, setting.anyDay);
    this.startMap();
    get("legend-clear").addEventListener("click", () => this.update({ filters: new Set() }));
    onAddress((values) => this.follow(values));
    this.follow(address());
    this.draw();
  }

  get day(): number {
    return this.view.day;
  }

  get known(): number | null {
    return this.wanted;
  }

  setDay(day: number): void {
    this.update({ day });
    this.setting.day?.(day);
  }

  setKnown(known: number | null): void {
    if (known !== this.wanted) this.came = this.know(known);
  }

  /**
   * Ask for the places as known on a day, and show them once they have come. Until then, and where they do not come,
   * the clock says what is shown. False: they did not come, or something else was asked for meanwhile.
   */
  async know(known: number | null): Promise<boolean> {
    const question = ++this.questions;
    this.wanted = known;
    const coming = this.setting.know(known);
    if (coming instanceof Promise) this.update({});
    const came = coming instanceof Promise ? await coming : coming;
    if (question !== this.questions) return false;
    if (!came) this.wanted = this.view.known;
    this.update({ known: this.wanted });
    if (came) this.reload();
    return came;
  }

  select(place: string | null, how: { focus?: boolean; fly?: boolean } = {}): void {
    const before = this.view.place;
    this.update({ place });
    this.draw(); // now: what is to be focused must be there
    const chosen = place === null ? undefined : this.model.byId.get(place);
    // The panel takes room from the map, or gives it back.
    if ((place === null) !== (before === null)) this.map?.resize();
    if (chosen && how.focus) this.panel.focus();
    else if (!chosen && before !== null && how.focus) this.list.focus(before);
    if (chosen) void this.bring(chosen, how.fly === true);
  }

  /** The map comes after the evidence: drawing it anew takes the time that the panel needs. True: it is still to come. */
  private async afterEvidence(): Promise<boolean> {
    const late = new Promise<boolean>((resolve) => window.setTimeout(() => resolve(true), PATIENCE));
    return Promise.race([this.panel.filled.then(() => false), late]);
  }

  private async mark(): Promise<void> {
    await this.afterEvidence();
    if (this.drawn) this.map?.show(this.drawn.states, this.drawn.view);
  }

  private async bring(place: Place, fly: boolean): Promise<void> {
    const late = await this.afterEvidence();
    if (this.view.place !== place.data.id) return;
    if (fly) this.map?.fly(place);
    else this.map?.keepInView(place);
    if (!late) return;
    await this.panel.filled; // the panel may have grown over the place
    if (this.view.place === place.data.id) this.map?.keepInView(place);
  }

  glance(place: string): void {
    window.clearTimeout(this.glancing);
    this.glancing = window.setTimeout(() => {
      const coming = this.setting.archive.dossier(place, this.view.known);
      // Where it fails it is asked for again when the place is opened, and told then.
      if (coming instanceof Promise) coming.catch(() => {});
    }, 60);
  }

  toggle(filter: string): void {
    const filters = new Set(this.view.filters);
    if (!filters.delete(filter)) filters.add(filter);
    this.update({ filters });
  }

  find(search: string): void {
    this.update({ search });
  }

  sortBy(sort: Sort): void {
    this.update({ sort });
  }

  redraw(): void {
    this.draw();
  }

  /** The model has other data: new reports were read, or something was judged. */
  reload(): void {
    this.follows();
    this.map?.reload();
    this.legend.fill(this.theme.dark);
    this.list.reload();
    this.timebar.reload();
    this.timebar.show(this.view.day);
    this.panel.reload();
    this.drawn = null;
    this.draw();
  }

  /** Another ledger may have other days: who looks at the last one goes on to the new one. */
  private follows(): void {
    const { range } = this.model;
    const day = !range ? this.view.day : this.view.day === this.last || this.last === null ? range.last : Math.max(range.first, Math.min(range.last, this.view.day));
    this.last = range?.last ?? null;
    if (day !== this.view.day) this.setDay(day);
  }

  /** Nobody looks: what moves by itself stops. */
  rest(): void {
    this.timebar.stop();
  }

  /** Bring a claim of the chosen place before the reader's eyes, where it is among its evidence. */
  showClaim(id: string): void {
    this.panel.showClaim(id);
  }

  /** After the page has been hidden or has changed its shape. */
  resize(): void {
    this.map?.resize();
  }

  private update(change: Partial<View>): void {
    this.view = { ...this.view, ...change };
    const { day, place, filters, search, sort } = this.view;
    writeAddress({
      d: isoOf(day),
      k: this.wanted === null ? null : isoOf(this.wanted),
      p: place,
      f: filters.size > 0 ? [...filters].sort().join(" ") : null,
      q: search,
      s: sort.by === "name" && !sort.down ? null : `${sort.down ? "-" : ""}${sort.by}`,
    });
    // The slider can send several changes in one frame.
    this.frame ||= requestAnimationFrame(() => this.draw());
    this.timebar.show(this.view.day);
    this.clock.show(this.view, this.wanted);
  }

  private draw(): void {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    const { drawn, view } = this;
    // First of all, since what it shows may have to be fetched.
    this.panel.show(view, this.theme.dark);
    const states = this.model.statesOn(view.day);
    this.drawn = { states, view };
    const differs = (...parts: (keyof View)[]): boolean => drawn?.states !== states || parts.some((part) => view[part] !== drawn.view[part]);
    if (differs("filters")) this.legend.show(states, view);
    if (differs("filters", "search", "sort")) this.list.show(states, view);
    else if (differs("place")) this.list.choose(view.place);
    if (differs()) this.changes.show(states, view);
    if (differs("filters")) this.map?.show(states, view);
    else if (differs("place")) void this.mark();
  }

  private repaint(dark: boolean): void {
    this.legend.repaint(dark);
    this.list.repaint(dark);
    this.panel.show(this.view, dark);
    this.map?.repaint(dark);
  }

  private follow(values: URLSearchParams): void {
    const { range } = this.model;
    const day = dayOf(values.get("d"));
    const sort = values.get("s") ?? "name";
    const by = SORTS.find((one) => sort.endsWith(one)) ?? "name";
    const place = values.get("p");
    this.update({
      ...(day !== null && range ? { day: Math.max(range.first, Math.min(range.last, day)) } : {}),
      filters: new Set((values.get("f") ?? "").split(" ").filter(Boolean)),
      search: (values.get("q") ?? "").slice(0, 200),
      sort: { by, down: sort.startsWith("-") },
    });
    if (day !== null) this.setting.day?.(this.view.day);
    this.setKnown(dayOf(values.get("k")));
    if (place !== this.view.place && (place === null || this.model.byId.has(place))) {
      this.select(place, { fly: values.get("m") === null });
    }
  }

  private startMap(): void {
    let reason = noMapBecause();
    if (reason === null) {
      try {
        startWorker(this.setting.worker);
        this.map = new TownMap(this.model, this, this.theme.dark, this.setting.tiles, position(), (at) =>
          writeAddress({ m: `${at.zoom.toFixed(2)}/${at.lat.toFixed(4)}/${at.lon.toFixed(4)}` }),
        );
      } catch (error) {
        reason = `The map could not be drawn (${String(error)}). The list of places and all evidence work without it.`;
      }
    }
    if (reason !== null) {
      get("no-map").textContent = reason;
      get("no-map").hidden = false;
      document.documentElement.dataset.map = "none";
    }
  }
}

/** "zoom/latitude/longitude" of the address. */
function position(): Position | null {
  const [zoom, lat, lon] = (address().get("m") ?? "").split("/").map(Number);
  if (![zoom, lat, lon].every((number) => Number.isFinite(number))) return null;
  if (Math.abs(lat!) > 85 || Math.abs(lon!) > 360 || zoom! < 0 || zoom! > 12) return null;
  return { zoom: zoom!, lat: lat!, lon: lon! };
}
