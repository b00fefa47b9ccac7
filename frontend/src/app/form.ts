// The form that puts a claim right: every field of it, with the place by search on the map.
import type { Claim } from "../data";
import { h, name } from "../dom";
import { ask, Latest } from "./api";
import { PickMap } from "./pickmap";
import type { ActorHit, Fields, PlaceCandidate } from "./types";

type Control = HTMLInputElement | HTMLSelectElement;

const CHOICES: Record<string, readonly string[]> = {
  kind: ["holds", "absent", "gains", "loses", "withdraws", "contests", "advances", "besieges", "repels", "clears"],
  mode: ["asserted", "planned", "attempted", "possible", "denied"],
  stance: ["plain", "claimed", "confirmed", "disputed", "unverified"],
  extent: ["", "whole", "most", "part"],
};
const LABELS: Record<string, string> = {
  kind: "What",
  mode: "Mode",
  stance: "Stance",
  extent: "Extent",
  actor: "Actor (id)",
  against: "Against (id)",
  jointly_with: "Jointly with (ids, commas between)",
  place: "Place’s name",
  start: "From",
  end: "Until",
  part: "Which part",
  share: "Share, 0 to 1",
  destination: "Destination",
  speaker: "Speaker",
  speaker_role: "Speaker’s role",
  speaker_side: "Speaks for (actor id)",
  told: "Told to, or through",
  anonymous: "Name withheld",
  quote: "Quote, word for word",
};
const ACTORS = ["actor", "against", "speaker_side"];
const PARTS = ["kind", "mode", "actor", "against", "place", "start", "end", "extent"];

let forms = 0;

/** What is wrong with a field, to be said at it. */
export class FieldError extends Error {
  constructor(
    message: string,
    readonly field: HTMLElement,
  ) {
    super(message);
  }
}

/** One claim's fields. `whole`: all of them; else those in which the parts of a split differ. */
export class ClaimForm {
  readonly element: HTMLElement;
  private readonly controls = new Map<string, Control>();
  private readonly before: Record<string, string>;
  private readonly prefix = `form${forms++}`;
  private placeId: string;
  private picker: PickMap | null = null;

  constructor(
    private readonly fields: Fields,
    private readonly shown: Claim,
    private readonly tiles: string | null,
    whole: boolean,
    /** Called when the place was chosen, which no field tells of. */
    private readonly chosen: () => void = () => {},
  ) {
    const keys = whole ? Object.keys(LABELS) : PARTS;
    this.before = Object.fromEntries(keys.map((key) => [key, this.read(key)]));
    this.placeId = text(fields.place_id);
    this.element = h("div", { class: "claim-form" });
    for (const key of keys) this.element.append(this.row(key));
    this.element.append(this.place());
  }

  /** Only what is other than it was read. */
  changes(): Record<string, unknown> {
    this.check();
    const changed: Record<string, unknown> = {};
    for (const [key, control] of this.controls) {
      const now = control instanceof HTMLInputElement && control.type === "checkbox" ? String(control.checked) : control.value.trim();
      if (now === this.before[key]) continue;
      if (key === "quote") Object.assign(changed, this.quote(now));
      else if (key === "anonymous") changed[key] = now === "true";
      else if (key === "jointly_with") changed[key] = now.split(",").map((one) => one.trim()).filter(Boolean);
      else if (key === "share") changed[key] = now === "" ? "" : Number(now);
      else changed[key] = now;
    }
    if (this.placeId !== text(this.fields.place_id)) changed.place_id = this.placeId;
    return changed;
  }

  /** An actor that was written and that nobody knows: perhaps a name where an id is meant. */
  async doubt(): Promise<FieldError | null> {
    for (const key of [...ACTORS, "jointly_with"]) {
      const control = this.controls.get(key);
      const now = control?.value.trim() ?? "";
      if (!control || now === "" || now === this.before[key]) continue;
      for (const id of now.split(key === "jointly_with" ? "," : "\n").map((one) => one.trim()).filter(Boolean)) {
        const hits = await ask<ActorHit[]>("/actors", { q: id, limit: 200 });
        if (hits.some((hit) => hit.id === id)) continue;
        const same = hits.filter((hit) => hit.name.toLowerCase() === id.toLowerCase());
        const near = (same.length > 0 ? same : hits).slice(0, 3).map((hit) => `${hit.id} (${hit.name})`);
        const guess = near.length > 0 ? ` Is ${near.join(" or ")} meant?` : "";
        return new FieldError(`No actor with the id “${id}” is known.${guess} Save again to keep it as it is written.`, control);
      }
    }
    return null;
  }

  focus(): void {
    this.controls.values().next().value?.focus();
  }

  close(): void {
    this.picker?.close();
  }

  private check(): void {
    const [start, end, share] = ["start", "end", "share"].map((key) => this.controls.get(key));
    if (start?.value && end?.value && end.value < start.value) throw new FieldError("Until is before From.", end);
    if (share && !(Number(share.value) >= 0 && Number(share.value) <= 1)) throw new FieldError("The share is a number from 0 to 1.", share);
  }

  private read(key: string): string {
    const value = this.fields[key];
    if (key === "quote") return Array.from(this.shown.context).slice(...this.shown.quote).join("");
    if (key === "jointly_with") return Array.isArray(value) ? value.join(", ") : "";
    return text(value);
  }

  private row(key: string): HTMLElement {
    const choices = CHOICES[key];
    let control: Control;
    if (choices) {
      control = h("select", {}, ...choices.map((choice) => h("option", {}, choice || "not said")));
      [...control.options].forEach((option, n) => (option.value = choices[n]!));
    } else {
      control = h("input", { type: key === "start" || key === "end" ? "date" : key === "anonymous" ? "checkbox" : "text" });
      control.maxLength = key === "quote" ? 2000 : 200;
      control.autocomplete = "off";
    }
    const before = this.before[key]!;
    if (control instanceof HTMLInputElement && control.type === "checkbox") control.checked = before === "true";
    else control.value = before;
    this.controls.set(key, control);
    const label = h("label", { class: key === "quote" ? "wide" : "" }, h("span", {}, LABELS[key]!), control);
    if (ACTORS.includes(key)) label.append(this.actors(control as HTMLInputElement));
    return label;
  }

  /** Offsets of the words in the report's text; the words must stand in the sentence that is shown. */
  private quote(words: string): Record<string, number> {
    const at = this.shown.context.indexOf(words);
    if (words === "" || at < 0) throw new FieldError("The quote must be words of the passage, to the letter.", this.controls.get("quote")!);
    const from = Array.from(this.shown.context.slice(0, at)).length;
    // Where the passage begins in the report: what the claim's offset is more than the quote's in the passage.
    const base = Number(this.fields.quote_start) - this.shown.quote[0];
    return { quote_start: base + from, quote_end: base + from + Array.from(words).length };
  }

  private actors(field: HTMLInputElement): HTMLElement {
    const list = h("datalist", { id: `${this.prefix}-${this.controls.size}` });
    field.setAttribute("list", list.id);
    const asked = new Latest();
    field.addEventListener(
      "input",
      later(200, async () => {
        const hits = await asked.ask<ActorHit[]>("/actors", { q: field.value.trim(), limit: 12 });
        if (!hits) return;
        list.replaceChildren(
          ...hits.map((hit) => {
            const option = h("option", {}, hit.name);
            option.value = hit.id;
            return option;
          }),
        );
      }),
    );
    return list;
  }

  private place(): HTMLElement {
    const field = h("input", { type: "search", aria: { label: "Search for the place" } });
    field.maxLength = 200;
    field.placeholder = "Search for the place";
    const list = h("ul", { class: "candidates" });
    const box = h("div", { class: "pick-map" });
    const now = h("p", { class: "small", role: "status" }, `Is now: ${this.placeId || "not found"}`);
    const asked = new Latest();
    let found: PlaceCandidate[] = [];
    const show = (chosen: number): void => {
      list.replaceChildren(...found.map((one, n) => h("li", {}, this.candidate(one, n === chosen, () => take(n)))));
      this.picker?.show(found, chosen);
    };
    const take = (n: number): void => {
      this.placeId = found[n]?.place_id ?? "";
      this.chosen();
      now.textContent = `Will be: ${found[n]?.place ?? "not found"} (${this.placeId || "no place"})`;
      show(n);
    };
    field.addEventListener(
      "input",
      later(250, async () => {
        if (field.value.trim() === "") return;
        const hits = await asked.ask<PlaceCandidate[]>("/gazetteer", { q: field.value.trim(), limit: 12 });
        if (!hits) return;
        found = hits;
        box.hidden = false;
        this.picker ??= new PickMap(box, this.tiles, take);
        show(-1);
      }),
    );
    box.hidden = true;
    const none = h("button", { type: "button", class: "chip", click: () => take(-1) }, "It cannot be found");
    return h("fieldset", { class: "wide" }, h("legend", {}, "Where it lies"), now, field, " ", none, list, box);
  }

  private candidate(one: PlaceCandidate, chosen: boolean, take: () => void): HTMLElement {
    const about = [one.place_type, one.admin, one.country_name, one.population > 0 ? `${one.population.toLocaleString("en-GB")} people` : null, one.known ? "in the ledger" : null];
    return h(
      "button",
      { type: "button", class: "link", aria: { pressed: String(chosen) }, click: take },
      name(one.place),
      h("span", { class: "small" }, ` ${about.filter(Boolean).join(", ")}`),
    );
  }
}

function text(value: unknown): string {
  return value === null || value === undefined ? "" : String(value);
}

/** Runs once the typing has stopped; what fails is tried again with the next letter. */
function later(wait: number, act: () => Promise<void>): () => void {
  let timer = 0;
  return () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void act().catch(() => {}), wait);
  };
}
