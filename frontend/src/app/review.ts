// Review: claims one by one, the most doubtful and weighty first, one key for each judgement.
import { address, writeAddress } from "../address";
import type { Actors } from "../actors";
import { Cards } from "../cards";
import { get, h, name } from "../dom";
import { markKey } from "../marks";
import { ask, Latest, tell } from "./api";
import { ClaimForm } from "./form";
import { coders, history, orphans } from "./coding";
import { copyPicker } from "./copies";
import { Correction } from "./correction";
import { openReport } from "./report";
import { beside, inWords, lastOf } from "./standing";
import type { About, ClaimDetail, Judgement, Queue, QueueItem } from "./types";

const KEYS: Record<string, string> = { a: "accept", r: "reject", c: "correct", s: "split", d: "copy", u: "undo", n: "next", p: "previous" };
const UNSAVED = "Save this first, or cancel it (Esc).";

interface Item extends QueueItem {
  /** What was said of it, as far as this person is to see it. */
  said: string[];
  /** A reason that was typed and not sent yet: it belongs to this claim and goes with no other. */
  reason: string;
}

interface Listed {
  items: Item[];
  at: number;
  next: string | null;
}

export class Review {
  private queue: Listed = { items: [], at: 0, next: null };
  /** The one claim that was chosen elsewhere to be judged. */
  private single: Listed | null = null;
  /** Whose queue it is; null: it has to be asked for. */
  private whose: string | null = null;
  /** Numbers of this sitting's judgements, to be taken back. */
  private done: number[] = [];
  private busy = false;
  private form: Correction | null = null;
  private readonly asked = new Latest();
  private readonly counting = new Latest();
  private readonly cards: Cards;
  private readonly by = get<HTMLInputElement>("reviewer");
  private readonly reason = get<HTMLInputElement>("reason");

  /** `judged`: answers may have changed. */
  constructor(
    private readonly about: About,
    private readonly actors: () => Actors,
    private readonly judged: () => void,
  ) {
    this.cards = new Cards(actors, { dossier: () => null, reasons: () => Promise.resolve(null), openReport: (report, claim) => void openReport(report, claim) });
    this.by.value = address().get("by") ?? about.reviewer;
    this.by.addEventListener("change", () => {
      writeAddress({ by: this.by.value.trim() || null });
      this.done = [];
      void this.load();
    });
    for (const id of ["queue-search", "queue-fresh"]) get(id).addEventListener("change", () => void this.load());
    for (const [key, action] of Object.entries(KEYS)) {
      get(`do-${action}`).addEventListener("click", () => this.act(action));
      get(`do-${action}`).setAttribute("aria-keyshortcuts", key);
    }
    this.reason.addEventListener("input", () => {
      const item = this.item();
      if (item) item.reason = this.reason.value;
    });
    document.addEventListener("keydown", (event) => this.key(event));
    for (const part of ["queue", "coders", "history", "orphans"]) get(`review-${part}-tab`).addEventListener("click", () => this.tab(part, true));
    get("review-closed").hidden = about.write;
  }

  /** As the address says; who comes back finds the queue where it was left. */
  open(): void {
    const claim = address().get("claim");
    if (claim) {
      if (this.single?.items[0]?.claim.id !== claim) void this.one(claim);
    } else if (this.single && !this.unsaved()) this.back();
    else if (this.whose !== this.name()) void this.load();
    else void this.count();
  }

  /** The queue may have others now: reports were read. */
  forget(): void {
    this.whose = null;
  }

  private get list(): Listed {
    return this.single ?? this.queue;
  }

  private item(): Item | undefined {
    return this.list.items[this.list.at];
  }

  /** Judge one claim, as the Why panel leads to it. */
  private async one(id: string): Promise<void> {
    if (this.unsaved()) return;
    this.tab("queue");
    try {
      const found = await this.asked.ask<ClaimDetail>(`/claims/${encodeURIComponent(id)}`);
      if (!found) return;
      this.single = { items: [this.itemOf(found, null)], at: 0, next: null };
      get("queue-counts").textContent = "One claim, chosen by you.";
      this.show();
    } catch (error) {
      this.say(String(error));
    }
  }

  /** `by`: as this person alone judged it. */
  private itemOf({ claim, shown, report, judgements, actors }: ClaimDetail, by: string | null): Item {
    this.actors().learn(actors);
    return { claim, shown, report, score: 0, doubt: 0, consequence: 0, because: [], said: inWords(judgements, by), reason: "" };
  }

  /** From the one claim to the queue, where it was left. */
  private back(): void {
    this.single = null;
    writeAddress({ claim: null });
    if (this.whose !== this.name()) return void this.load();
    this.show();
    void this.count();
  }

  /** `chosen`: by the reader, who by the queue means all of it. */
  private tab(part: string, chosen = false): void {
    for (const one of ["queue", "coders", "history", "orphans"]) {
      get(`review-${one}`).hidden = one !== part;
      get(`review-${one}-tab`).setAttribute("aria-pressed", String(one === part));
    }
    if (part === "queue" && chosen && this.single && !this.unsaved()) this.back();
    const box = get(`review-${part}`);
    const fill = { coders: () => coders(this.name()), history: () => history(this.name(), (n) => this.takeBack(n)), orphans }[part];
    if (!fill) return;
    box.replaceChildren(h("p", { role: "status" }, "Fetching …"));
    fill().then(
      (nodes) => box.replaceChildren(...nodes),
      (error: unknown) => box.replaceChildren(h("p", { class: "notice", role: "alert" }, String(error))),
    );
  }

  private name(): string {
    return this.by.value.trim();
  }

  private async load(more = false): Promise<void> {
    if (this.name() === "") return this.say("Say who you are first: judgements carry a name.");
    if (!more && this.unsaved()) return;
    try {
      const queue = await this.asked.ask<Queue>("/review/queue", {
        by: this.name(),
        q: get<HTMLInputElement>("queue-search").value.trim(),
        apart: !get<HTMLInputElement>("queue-fresh").checked,
        cursor: more ? this.queue.next : null,
      });
      if (!queue) return;
      this.actors().learn(queue.actors);
      const items = queue.items.map((item) => ({ ...item, said: [], reason: "" }));
      this.counts(queue);
      if (more) {
        const here = this.item();
        const known = new Set(this.queue.items.map(({ claim }) => claim.id));
        this.queue.items.push(...items.filter(({ claim }) => !known.has(claim.id)));
        this.queue.next = queue.next;
        // What the reader is at stays as it is, with what they wrote.
        if (here) this.title(here);
        else this.show();
        return;
      }
      if (this.single) writeAddress({ claim: null });
      this.single = null;
      this.whose = this.name();
      this.queue = { items, at: 0, next: queue.next };
      this.show();
    } catch (error) {
      this.say(String(error));
    }
  }

  private async count(): Promise<void> {
    const queue = await this.counting.ask<Queue>("/review/queue", { by: this.name(), limit: 1 }).catch(() => null);
    if (queue && !this.single) this.counts(queue);
  }

  private counts({ left, judged }: Queue): void {
    get("queue-counts").textContent = `${left.toLocaleString("en-GB")} to judge, ${judged.toLocaleString("en-GB")} judged by you`;
  }

  private say(words: string): void {
    get("review-status").textContent = words;
  }

  private show(): void {
    this.closeForm();
    const item = this.item();
    this.reason.value = item?.reason ?? "";
    const box = get("queue-item");
    if (!item) {
      box.replaceChildren(h("p", { class: "notice" }, "Nothing is left to judge here."));
      return;
    }
    const records = { claims: { [item.claim.id]: item.shown }, reports: { [item.shown.report]: item.report } };
    box.replaceChildren(
      h("h2", { id: "queue-title" }),
      h("ul", { class: "facts", id: "queue-facts" }),
      markKey(),
      this.cards.card({ id: item.claim.id, claim: item.shown }, records),
    );
    get("queue-title").tabIndex = -1;
    this.title(item);
  }

  /** What changes of a claim while it is looked at: its number in the queue, and what was said of it. */
  private title(item: Item): void {
    const { at, items, next } = this.list;
    get("queue-title").replaceChildren(name(item.claim.place), h("span", { class: "small" }, ` ${at + 1} of ${items.length}${next ? "+" : ""}`));
    get("queue-facts").replaceChildren(
      ...item.because.map((words) => h("li", {}, name(words))),
      ...item.said.map((words) => h("li", { class: "flag" }, name(words))),
    );
  }

  private key(event: KeyboardEvent): void {
    if (get("view-review").hidden || get("review-queue").hidden || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target as HTMLElement;
    if (document.querySelector("dialog[open]")) return;
    if (event.key === "Escape" && this.form) return this.show();
    if (target.closest("input, select, textarea, .correction")) return;
    const action = KEYS[event.key.toLowerCase()];
    if (!action) return;
    event.preventDefault();
    // A key may be meant for the form, where it has lost the focus.
    if (this.form) this.form.complain(UNSAVED);
    else this.act(action);
  }

  /** Whether something was written that is not saved: then it says so. */
  private unsaved(): boolean {
    if (!this.form?.touched) return false;
    this.form.complain(UNSAVED);
    return true;
  }

  private act(action: string): void {
    const item = this.item();
    if (this.unsaved()) return;
    if (action === "undo") return void this.takeBack(this.done.pop() ?? null).then((words) => this.say(words), (error: unknown) => this.say(String(error)));
    if (action === "next" || action === "previous") return this.move(action === "next" ? 1 : -1);
    if (!item) return;
    if (!this.about.write) return this.say("This server only shows. Start it with --write to judge.");
    if (action === "accept" || action === "reject") {
      this.judge(item, { verdict: action === "accept" ? "right" : "wrong" }).catch((error: unknown) => this.say(String(error)));
    } else if (action === "correct") this.correct(item);
    else if (action === "split") this.split(item);
    else this.copy(item);
  }

  private move(way: 1 | -1): void {
    if (this.single) return this.back();
    const { queue } = this;
    queue.at = Math.max(0, Math.min(queue.items.length, queue.at + way));
    this.show();
    if (queue.at >= queue.items.length - 3 && queue.next) void this.load(true);
  }

  /** Throws in words what the server has against it. */
  private async judge(item: Item, said: object): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    const { form } = this;
    try {
      const made = await tell<Judgement>("/review/judgements", { by: this.name(), claim: item.claim.id, reason: item.reason.trim(), ...said });
      this.done.push(made.id);
      item.reason = "";
      item.said = [`${made.by}: ${made.verdict}`, ...item.said];
      const words = `${made.verdict}: ${item.claim.place}. U takes it back.`;
      this.say(words);
      this.judged();
      // The reader may have gone on meanwhile, or begun to correct it after all.
      if (this.item() === item && this.form === form) this.move(1);
      void this.follow(item, made, (stands) => this.add(words, stands && ` It counts in place of ${stands}.`));
    } finally {
      this.busy = false;
    }
  }

  /** Words after those that are still the last that were said. */
  private add(before: string, words: string): void {
    if (get("review-status").textContent === before) this.say(before + words);
  }

  /** Fetch what people say of a claim now; `tell` gets what counts beside what was just made, in words. */
  private async follow(item: Item, made: Judgement, tell: (stands: string) => void): Promise<void> {
    void this.count();
    const found = await ask<ClaimDetail>(`/claims/${encodeURIComponent(item.claim.id)}`).catch(() => null);
    if (!found) return;
    this.learn(found);
    tell(beside(found.judgements, made.id, this.name()));
  }

  /** What people say of a claim now, wherever it is listed. */
  private learn(found: ClaimDetail): void {
    for (const list of [this.queue, this.single]) {
      for (const item of list?.items ?? []) {
        if (item.claim.id === found.claim.id) item.said = inWords(found.judgements, list === this.queue ? this.name() : null);
      }
    }
    const here = this.item();
    if (here?.claim.id === found.claim.id && document.getElementById("queue-title")) this.title(here);
  }

  /** Take back a judgement, else the last; in words what became of it. Throws in words where it could not be. */
  private async takeBack(number: number | null): Promise<string> {
    const latest = number ?? (await lastOf(this.name()));
    if (latest === null) return "There is nothing of yours to take back.";
    const made = await tell<Judgement>(`/review/judgements/${latest}/undo`, { by: this.name() });
    this.done = this.done.filter((one) => one !== latest);
    this.judged();
    void this.count();
    const found = made.claim === null ? null : await ask<ClaimDetail>(`/claims/${encodeURIComponent(made.claim)}`).catch(() => null);
    if (found) this.at(found);
    const verdict = found?.judgements.find((one) => one.id === made.undoes)?.verdict;
    const stands = found ? beside(found.judgements, made.id, this.name()) : "";
    return `Taken back: ${verdict ? `${verdict}, ` : ""}${made.place ?? "the judgement"}.${stands && ` What counts now is ${stands}.`}`;
  }

  /** Back to the claim of what was taken back: it waits again. */
  private at(found: ClaimDetail): void {
    if (this.form?.touched) return this.learn(found);
    const { list } = this;
    const at = list.items.findIndex((item) => item.claim.id === found.claim.id);
    if (at >= 0) list.at = at;
    else {
      this.single = null;
      writeAddress({ claim: null });
      this.queue.at = Math.min(this.queue.at, this.queue.items.length);
      this.queue.items.splice(this.queue.at, 0, this.itemOf(found, this.name()));
    }
    this.learn(found);
    this.show();
  }

  private closeForm(): void {
    this.form?.close();
    this.form = null;
  }

  /** Forms under the claim, with a button that sends what `said` makes of them. */
  private ask(title: string, parts: Node[], forms: ClaimForm[], said: () => object, item: Item): Correction {
    this.closeForm();
    const send = (what: object): Promise<void> => this.judge(item, what);
    const form = new Correction(title, parts, forms, { said, send, cancel: () => this.show() });
    this.form = form;
    get("queue-item").append(form.element);
    form.element.scrollIntoView({ block: "nearest" });
    return form;
  }

  private correct(item: Item): void {
    const form = new ClaimForm(item.claim, item.shown, this.about.tiles, true, () => this.form?.touch());
    const said = (): object => {
      const changes = form.changes();
      if (Object.keys(changes).length === 0) throw new Error("Nothing has been changed. A accepts it as it is.");
      return { verdict: "changed", changes };
    };
    this.ask("Put it right", [form.element], [form], said, item);
    form.focus();
  }

  private split(item: Item): void {
    const forms: ClaimForm[] = [];
    const box = h("div", { class: "parts" });
    const add = (): void => {
      const form = new ClaimForm(item.claim, item.shown, this.about.tiles, false, () => this.form?.touch());
      forms.push(form);
      box.append(h("h4", {}, `Claim ${forms.length}`), form.element);
    };
    add();
    add();
    const more = h("button", { type: "button", class: "chip", click: add }, "One more");
    this.ask("Split into several claims", [box, more], forms, () => ({ verdict: "split", into: forms.map((form) => form.changes()) }), item);
    forms[0]?.focus();
  }

  private copy(item: Item): void {
    const picker = copyPicker(item.shown.report, (words) => this.say(words), () => this.form?.touch());
    const said = (): object => {
      const chosen = picker.chosen();
      if (chosen === null) throw new Error("Choose the report that it is a copy of.");
      return { verdict: "copy", copy_of: chosen };
    };
    this.ask("A copy of which report?", picker.parts, [], said, item);
    picker.focus();
  }
}
