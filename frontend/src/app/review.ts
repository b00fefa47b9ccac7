// Review: claims one by one, the most doubtful and weighty first, one key for each judgement.
import { address, writeAddress } from "../address";
import type { Actors } from "../actors";
import { Cards } from "../cards";
import { get, h, name } from "../dom";
import { markKey } from "../marks";
import type { Page } from "../shelf";
import { ask, Latest, tell } from "./api";
import { ClaimForm } from "./form";
import { coders, history, orphans } from "./coding";
import { openReport } from "./report";
import type { About, ClaimDetail, Judgement, Queue, QueueItem } from "./types";

const KEYS: Record<string, string> = { a: "accept", r: "reject", c: "correct", s: "split", d: "copy", u: "undo", n: "next", p: "previous" };

export class Review {
  private items: QueueItem[] = [];
  private at = 0;
  private next: string | null = null;
  /** Numbers of this sitting's judgements, to be taken back. */
  private done: number[] = [];
  private busy = false;
  private forms: ClaimForm[] = [];
  private single: string | null = null;
  private readonly asked = new Latest();
  private readonly cards: Cards;
  private readonly by = get<HTMLInputElement>("reviewer");

  /** `judged`: answers may have changed. */
  constructor(
    private readonly about: About,
    actors: () => Actors,
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
    document.addEventListener("keydown", (event) => this.key(event));
    for (const part of ["queue", "coders", "history", "orphans"]) get(`review-${part}-tab`).addEventListener("click", () => this.tab(part));
    get("review-closed").hidden = about.write;
  }

  open(): void {
    const claim = address().get("claim");
    if (claim) void this.one(claim);
    else void this.load();
  }

  /** Judge one claim, as the Why panel leads to it. */
  private async one(id: string): Promise<void> {
    this.tab("queue");
    this.single = id;
    try {
      const found = await this.asked.ask<ClaimDetail>(`/claims/${encodeURIComponent(id)}`);
      if (!found) return;
      const { claim, shown, report, judgements } = found;
      const because = judgements.map((one) => `${one.by}: ${one.verdict}${one.undone ? " (taken back)" : ""}`);
      this.items = [{ claim, shown, report, score: 0, doubt: 0, consequence: 0, because }];
      [this.at, this.next] = [0, null];
      this.show("One claim, chosen by you.");
    } catch (error) {
      this.say(String(error));
    }
  }

  private tab(part: string): void {
    for (const one of ["queue", "coders", "history", "orphans"]) {
      get(`review-${one}`).hidden = one !== part;
      get(`review-${one}-tab`).setAttribute("aria-pressed", String(one === part));
    }
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
    if (this.single && !more) writeAddress({ claim: null });
    this.single = null;
    try {
      const queue = await this.asked.ask<Queue>("/review/queue", {
        by: this.name(),
        q: get<HTMLInputElement>("queue-search").value.trim(),
        apart: !get<HTMLInputElement>("queue-fresh").checked,
        cursor: more ? this.next : null,
      });
      if (!queue) return;
      this.items = more ? [...this.items, ...queue.items] : queue.items;
      if (!more) this.at = 0;
      this.next = queue.next;
      this.show(`${queue.left.toLocaleString("en-GB")} to judge, ${queue.judged.toLocaleString("en-GB")} judged by you`);
    } catch (error) {
      this.say(String(error));
    }
  }

  private say(words: string): void {
    get("review-status").textContent = words;
  }

  private show(counts?: string): void {
    this.closeForms();
    if (counts !== undefined) get("queue-counts").textContent = counts;
    const item = this.items[this.at];
    const box = get("queue-item");
    if (!item) {
      box.replaceChildren(h("p", { class: "notice" }, "Nothing is left to judge here."));
      return;
    }
    const records = { claims: { [item.claim.id]: item.shown }, reports: { [item.shown.report]: item.report } };
    box.replaceChildren(
      h("h2", { id: "queue-title" }, name(item.claim.place), h("span", { class: "small" }, ` ${this.at + 1} of ${this.items.length}${this.next ? "+" : ""}`)),
      h("ul", { class: "facts" }, ...item.because.map((words) => h("li", {}, name(words)))),
      markKey(),
      this.cards.card({ id: item.claim.id, claim: item.shown }, records),
    );
    get("queue-title").tabIndex = -1;
  }

  private key(event: KeyboardEvent): void {
    if (get("view-review").hidden || get("review-queue").hidden || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target as HTMLElement;
    if (event.key === "Escape" && this.forms.length > 0) return this.show();
    if (document.querySelector("dialog[open]") || target.closest("input, select, textarea, .claim-form")) return;
    const action = KEYS[event.key.toLowerCase()];
    if (!action) return;
    event.preventDefault();
    this.act(action);
  }

  private act(action: string): void {
    const item = this.items[this.at];
    if (action === "undo") return void this.takeBack(this.done.pop() ?? null);
    if (action === "next" || action === "previous") return this.move(action === "next" ? 1 : -1);
    if (!item) return;
    if (!this.about.write) return this.say("This server only shows. Start it with --write to judge.");
    if (action === "accept") void this.judge(item, { verdict: "right" });
    else if (action === "reject") void this.judge(item, { verdict: "wrong" });
    else if (action === "correct") this.correct(item);
    else if (action === "split") this.split(item);
    else this.copy(item);
  }

  private move(way: 1 | -1): void {
    this.at = Math.max(0, Math.min(this.items.length, this.at + way));
    this.show();
    if (this.at >= this.items.length - 3 && this.next) void this.load(true);
  }

  private async judge(item: QueueItem, said: object): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      const made = await tell<Judgement>("/review/judgements", {
        by: this.name(),
        claim: item.claim.id,
        reason: get<HTMLInputElement>("reason").value.trim(),
        ...said,
      });
      this.done.push(made.id);
      get<HTMLInputElement>("reason").value = "";
      this.say(`${made.verdict}: ${item.claim.place}. U takes it back.`);
      this.judged();
      this.move(1);
    } catch (error) {
      this.say(String(error));
    }
    this.busy = false;
  }

  private async takeBack(number: number | null): Promise<void> {
    try {
      const latest = number ?? (await ask<Judgement[]>("/review/judgements", { by: this.name(), limit: 10 })).find((one) => !one.undone)?.id;
      if (latest === undefined) return this.say("There is nothing of yours to take back.");
      const made = await tell<Judgement>(`/review/judgements/${latest}/undo`, { by: this.name() });
      this.judged();
      this.say("Taken back.");
      // Back to the claim that it was about.
      const claim = made.claim ?? null;
      const at = this.items.findIndex((item) => item.claim.id === claim);
      if (at >= 0) this.at = at;
      this.show();
    } catch (error) {
      this.say(String(error));
    }
  }

  private closeForms(): void {
    for (const form of this.forms) form.close();
    this.forms = [];
  }

  /** Forms under the claim, with a button that sends what `said` makes of them. */
  private ask(title: string, parts: Node[], said: () => object, item: QueueItem): void {
    const send = (): void => {
      try {
        void this.judge(item, said());
      } catch (error) {
        this.say(error instanceof Error ? error.message : String(error));
      }
    };
    const form = h(
      "form",
      { class: "correction" },
      h("h3", {}, title),
      ...parts,
      h("p", { class: "actions" }, h("button", { type: "submit", class: "main" }, "Save"), " ", h("button", { type: "button", click: () => this.show() }, "Cancel (Esc)")),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      send();
    });
    get("queue-item").querySelector(".correction")?.remove();
    get("queue-item").append(form);
    form.scrollIntoView({ block: "nearest" });
  }

  private form(item: QueueItem, whole: boolean): ClaimForm {
    const form = new ClaimForm(item.claim, item.shown, this.about.tiles, whole);
    this.forms.push(form);
    return form;
  }

  private correct(item: QueueItem): void {
    this.closeForms();
    const form = this.form(item, true);
    const said = (): object => {
      const changes = form.changes();
      if (Object.keys(changes).length === 0) throw new Error("Nothing has been changed. A accepts it as it is.");
      return { verdict: "changed", changes };
    };
    this.ask("Put it right", [form.element], said, item);
    form.focus();
  }

  private split(item: QueueItem): void {
    this.closeForms();
    const box = h("div", { class: "parts" });
    const add = (): void => box.append(h("h4", {}, `Claim ${this.forms.length + 1}`), this.form(item, false).element);
    add();
    add();
    const more = h("button", { type: "button", class: "chip", click: add }, "One more");
    this.ask("Split into several claims", [box, more], () => ({ verdict: "split", into: this.forms.map((form) => form.changes()) }), item);
    this.forms[0]?.focus();
  }

  private copy(item: QueueItem): void {
    this.closeForms();
    let chosen: string | null = null;
    const list = h("ul", { class: "candidates" });
    const field = h("input", { type: "search", aria: { label: "Search for the report that it is a copy of" } });
    field.maxLength = 200;
    const asked = new Latest();
    const search = async (): Promise<void> => {
      const page = await asked.ask<Page>("/tables/reports", { q: field.value.trim(), limit: 10 });
      if (!page) return;
      list.replaceChildren(
        ...page.rows
          .filter((row) => row.report_id !== item.shown.report)
          .map((row) => {
            const words = [row.title || row.report, row.outlet, row.published_end].filter(Boolean).join(", ");
            const button = h("button", { type: "button", class: "link", aria: { pressed: "false" } }, name(words));
            button.addEventListener("click", () => {
              chosen = String(row.report_id);
              list.querySelectorAll("button").forEach((one) => one.setAttribute("aria-pressed", String(one === button)));
            });
            return h("li", {}, button);
          }),
      );
    };
    let timer = 0;
    field.addEventListener("input", () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(() => void search().catch((error: unknown) => this.say(String(error))), 250);
    });
    const said = (): object => {
      if (chosen === null) throw new Error("Choose the report that it is a copy of.");
      return { verdict: "copy", copy_of: chosen };
    };
    this.ask("A copy of which report?", [field, list], said, item);
    field.focus();
    void search().catch((error: unknown) => this.say(String(error)));
  }
}
