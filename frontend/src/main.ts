// Reads the page's data and ties its parts together: every change goes through `App.update`.
import { readAddress, writeAddress } from "./address";
import { Model, type MapData } from "./data";
import { dayOf, longDate } from "./dates";
import { get } from "./dom";
import { Legend } from "./legend";
import { PlaceList } from "./list";
import { noMapBecause, startWorker, TownMap } from "./map";
import { Panel } from "./panel";
import { Timebar } from "./timebar";
import type { Actions, View } from "./view";

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): unknown;
}

/** The page's policy lets nothing be made into script or markup; the one exception is the address of our own worker. */
function allowWorker(): void {
  const types = (window as { trustedTypes?: TrustedTypes }).trustedTypes;
  types?.createPolicy("default", {
    createScriptURL(url) {
      if (!url.startsWith("blob:")) throw new TypeError("only the page's own worker may be started");
      return url;
    },
  });
}

class App implements Actions {
  private view: View;
  private readonly dark = matchMedia("(prefers-color-scheme: dark)");
  private readonly legend: Legend;
  private readonly timebar: Timebar;
  private readonly list: PlaceList;
  private readonly panel: Panel;
  private map: TownMap | null = null;
  private frame = 0;

  constructor(private readonly model: Model) {
    const { range } = model;
    this.view = { day: range?.last ?? 0, place: null, filters: new Set() };
    this.legend = new Legend(model, this, this.dark.matches);
    this.timebar = new Timebar(model, this);
    this.list = new PlaceList(model, this, this.dark.matches);
    this.panel = new Panel(model, this);
    this.startMap();
    get("legend-clear").addEventListener("click", () => this.update({ filters: new Set() }));
    this.dark.addEventListener("change", () => this.repaint());
    window.addEventListener("hashchange", () => this.followAddress());
    this.followAddress();
    this.draw();
  }

  setDay(day: number): void {
    this.update({ day });
  }

  select(place: string | null, how: { focus?: boolean; fly?: boolean } = {}): void {
    const before = this.view.place;
    this.update({ place });
    this.draw(); // now: what is to be focused must be there
    const chosen = place === null ? undefined : this.model.byId.get(place);
    if (chosen && how.focus) this.panel.focus();
    else if (!chosen && before !== null && how.focus) this.list.focus(before);
    if (chosen && how.fly) this.map?.fly(chosen);
    else if (chosen) this.map?.keepInView(chosen);
    else if (before !== null) this.map?.resize();
  }

  toggle(filter: string): void {
    const filters = new Set(this.view.filters);
    if (!filters.delete(filter)) filters.add(filter);
    this.update({ filters });
  }

  private update(change: Partial<View>): void {
    this.view = { ...this.view, ...change };
    writeAddress(this.view.day, this.view.place);
    // The slider can send several changes in one frame.
    this.frame ||= requestAnimationFrame(() => this.draw());
    this.timebar.show(this.view.day);
  }

  private draw(): void {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    const states = this.model.statesOn(this.view.day);
    this.timebar.show(this.view.day);
    this.legend.show(states, this.view);
    this.list.show(states, this.view);
    this.panel.show(this.view, this.dark.matches);
    this.map?.show(states, this.view);
  }

  private repaint(): void {
    this.legend.repaint(this.dark.matches);
    this.list.repaint(this.dark.matches);
    this.panel.show(this.view, this.dark.matches);
    this.map?.repaint(this.dark.matches);
  }

  private followAddress(): void {
    const { day, place } = readAddress();
    const { range } = this.model;
    if (day !== null && range) this.update({ day: Math.max(range.first, Math.min(range.last, day)) });
    if (place !== this.view.place && (place === null || this.model.byId.has(place))) {
      this.select(place, { fly: true });
    }
  }

  private startMap(): void {
    let reason = noMapBecause();
    if (reason === null) {
      try {
        startWorker();
        this.map = new TownMap(this.model, this, this.dark.matches);
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

function describe(data: MapData): void {
  const on = dayOf(data.made.asked.on);
  const known = dayOf(data.made.asked.known);
  const parts = [
    known === null ? "From all reports read" : `As known on ${longDate(known)}`,
    on === null ? null : `up to ${longDate(on)}`,
    `${data.places.length + data.unplaced.length} places, ${Object.keys(data.claims).length} claims, ${Object.keys(data.reports).length} reports`,
    data.made.program,
  ];
  get("made").textContent = parts.filter((part) => part !== null).join(" · ");
}

function dialog(): void {
  const about = get<HTMLDialogElement>("about");
  get("about-open").addEventListener("click", () => {
    const text = get("licences");
    if (text.childElementCount === 0 && text.textContent === "") {
      text.textContent = JSON.parse(get("licence-text").textContent) as string;
    }
    about.showModal();
  });
  get("about-close").addEventListener("click", () => about.close());
}

function main(): void {
  allowWorker();
  const data = JSON.parse(get("data").textContent) as MapData;
  const countries = JSON.parse(get("countries").textContent) as Record<string, string>;
  describe(data);
  dialog();
  if (data.places.length + data.unplaced.length === 0) {
    document.body.classList.add("empty");
    get("empty").hidden = false;
  }
  new App(new Model(data, countries));
  document.documentElement.dataset.ready = "yes";
}

main();
