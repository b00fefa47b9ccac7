// The date: slider, steps, play, and a chart of how many places each holder has through time.
import { longDate, weekdayOf } from "./dates";
import { DayField } from "./dayfield";
import { calm, get } from "./dom";
import type { Model } from "./model";
import type { Actions } from "./view";

const SVG = "http://www.w3.org/2000/svg";
const BINS = 240;

export class Timebar {
  private readonly slider = get<HTMLInputElement>("slider");
  private readonly field: DayField;
  private readonly play = get<HTMLButtonElement>("play");
  private day = 0;
  private timer = 0;

  constructor(
    private readonly model: Model,
    private readonly actions: Actions,
  ) {
    this.slider.addEventListener("input", () => this.move(Number(this.slider.value)));
    this.field = new DayField("date", (day) => this.move(day ?? this.day));
    get("day-back").addEventListener("click", () => this.move(this.day - 1));
    get("day-on").addEventListener("click", () => this.move(this.day + 1));
    get("change-back").addEventListener("click", () => this.move(this.change(-1)));
    get("change-on").addEventListener("click", () => this.move(this.change(1)));
    this.play.addEventListener("click", () => (this.timer ? this.stop() : this.start()));
    this.reload();
  }

  /** The places have changed, and the days with them: count them anew. */
  reload(): void {
    const { range } = this.model;
    get("timebar").hidden = !range;
    get("chart").querySelector("svg")?.remove();
    if (!range) return;
    const { first, last } = range;
    this.slider.min = String(first);
    this.slider.max = String(last);
    this.slider.disabled = first === last;
    this.field.bound(first, last);
    get("first-day").textContent = longDate(first);
    get("last-day").textContent = longDate(last);
    chart(this.model, first, last);
    this.histogram(this.model.histogram);
  }

  /** How many claims speak of each day: bars under the slider, which lead to their day. */
  private histogram(days: [number, number][]): void {
    const range = this.model.range;
    if (!range) return;
    const { bins, binOf } = binning(range.first, range.last);
    const counts = new Float64Array(bins);
    for (const [day, count] of days) if (day >= range.first && day <= range.last) counts[binOf(day)]! += count;
    const most = Math.max(1, ...counts);
    const box = get("histogram");
    box.hidden = days.length === 0;
    box.querySelector("svg")?.remove();
    // By the root: a day with one claim is seen beside one with a hundred.
    const bars = [...counts].map((count, bin) => (count > 0 ? `M${bin} 100V${100 - 100 * Math.sqrt(count / most)}H${bin + 1}V100Z` : ""));
    box.prepend(drawing(bins, 100, [[bars.join(""), "currentcolor"]]));
    box.onclick = (event) => {
      const { left, width } = box.getBoundingClientRect();
      this.move(range.first + Math.round(((event.clientX - left) / Math.max(1, width)) * (range.last - range.first)));
    };
  }

  show(day: number): void {
    const range = this.model.range;
    if (!range) return;
    this.day = day;
    this.slider.value = String(day);
    this.slider.setAttribute("aria-valuetext", longDate(day));
    this.field.show(day);
    get("weekday").textContent = weekdayOf(day);
    get("long-date").textContent = longDate(day);
    const part = range.last === range.first ? 0 : (day - range.first) / (range.last - range.first);
    get("chart-now").style.left = `${100 * part}%`;
    for (const id of ["day-back", "change-back"]) get<HTMLButtonElement>(id).disabled = day <= range.first;
    for (const id of ["day-on", "change-on"]) get<HTMLButtonElement>(id).disabled = day >= range.last;
  }

  /** The reader moves the date: playing stops. */
  private move(day: number): void {
    this.stop();
    this.go(day);
  }

  private go(day: number): void {
    const range = this.model.range!;
    this.actions.setDay(Math.max(range.first, Math.min(range.last, day)));
  }

  private change(way: 1 | -1): number {
    const { changes, range } = this.model;
    if (way === 1) return changes.find((day) => day > this.day) ?? range!.last;
    return changes.findLast((day) => day < this.day) ?? range!.first;
  }

  private start(): void {
    const range = this.model.range!;
    if (this.day >= range.last) this.go(range.first);
    // Some twenty seconds for the whole; those who want no motion are taken from change to change instead.
    const step = Math.max(1, Math.round((range.last - range.first) / 200));
    const tick = (): void => {
      this.go(calm() ? this.change(1) : this.day + step);
      if (this.day >= range.last) this.stop();
    };
    this.timer = window.setInterval(tick, calm() ? 1500 : 100);
    this.button(true);
  }

  stop(): void {
    window.clearInterval(this.timer);
    this.timer = 0;
    this.button(false);
  }

  private button(playing: boolean): void {
    this.play.classList.toggle("playing", playing);
    this.play.setAttribute("aria-label", playing ? "Pause" : "Play");
    this.play.title = playing ? "Pause" : "Play";
  }
}

function binning(first: number, last: number): { bins: number; binOf: (day: number) => number } {
  const bins = Math.min(BINS, last - first + 1);
  const binOf = (day: number): number =>
    Math.floor(((Math.max(first, Math.min(last, day)) - first) / Math.max(1, last - first)) * (bins - 1));
  return { bins, binOf };
}

function drawing(wide: number, high: number, paths: [string, string][]): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 ${wide} ${high}`);
  svg.setAttribute("preserveAspectRatio", "none");
  for (const [outline, fill] of paths) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", outline);
    path.setAttribute("fill", fill);
    svg.append(path);
  }
  return svg;
}

// Counts of places by holder, stacked; what no one is known to hold is left empty, so the height is all places.
function chart(model: Model, first: number, last: number): void {
  const { bins, binOf } = binning(first, last);
  // Where each holder's count goes up and down, summed up at the end: a spell of years costs no more than one of days.
  const steps = new Map(model.actors.all.map((actor) => [actor.id, new Float64Array(bins + 1)]));
  for (const { stretches } of model.places) {
    for (const { spell, from, to } of stretches) {
      if (spell.status !== "held" || to < first || from > last) continue;
      for (const id of spell.holders) {
        const row = steps.get(id);
        if (!row) continue;
        row[binOf(from)]! += 1 / spell.holders.length;
        row[binOf(to) + 1]! -= 1 / spell.holders.length;
      }
    }
  }
  const places = Math.max(1, model.places.length);
  const below = new Float64Array(bins);
  const paths: [string, string][] = [];
  for (const actor of model.actors.all) {
    const row = steps.get(actor.id)!;
    for (let bin = 1; bin < bins; bin++) row[bin]! += row[bin - 1]!;
    const outline: string[] = [];
    for (let bin = 0, run = 0; bin < bins; bin++) {
      // One box for each run of days in which neither this count nor those below it change.
      const same = bin + 1 < bins && row[bin + 1] === row[bin] && below[bin + 1] === below[bin];
      if (same) continue;
      const bottom = places - below[bin]!;
      if (row[bin]! > 1e-9) outline.push(`M${run} ${bottom}V${bottom - row[bin]!}H${bin + 1}V${bottom}Z`);
      run = bin + 1;
    }
    for (let bin = 0; bin < bins; bin++) below[bin]! += row[bin]!;
    if (outline.length > 0) paths.push([outline.join(""), actor.colour]);
  }
  get("chart").prepend(drawing(bins, places, paths));
}
