// A claim as a card: what it says, its words in their sentence, who says so, where, and when.
import type { Actors } from "./actors";
import { own, type Claim, type Reason, type Records } from "./data";
import { dayOf, interval, longDate } from "./dates";
import { h, link, name } from "./dom";
import type { Archive } from "./dossier";
import { passage } from "./marks";
import type { Item, Witness } from "./witnesses";
import { deed, doubts, speaker, support } from "./words";

export class Cards {
  constructor(
    private readonly actors: () => Actors,
    private readonly archive: Archive,
  ) {}

  witness({ first, copies }: Witness, records: Records): HTMLElement {
    const card = this.card(first, records);
    if (copies.length > 0) {
      const words = copies.length === 1 ? "1 more carries the same word" : `${copies.length} more carry the same word`;
      const list = h("ul", { class: "copies" }, ...copies.map((item) => h("li", {}, ...this.source(item.claim, records), ...this.tools(item))));
      card.append(h("details", { class: "folded" }, h("summary", {}, words), list));
    }
    return card;
  }

  card(item: Item, records: Records): HTMLElement {
    const { claim } = item;
    const unsure = doubts(claim);
    const voices = claim.voices.flatMap((voice, n) => [...(n > 0 ? ["; "] : []), name(speaker(voice)), this.side(voice.side)]);
    const facts = h("dl", {});
    const fact = (term: string, ...what: (Node | string | null)[]): void =>
      facts.append(h("dt", {}, term), h("dd", {}, ...what));
    fact("Says", ...(voices.length > 0 ? voices : ["the report itself"]));
    fact("When", interval(claim.start, claim.end));
    fact("Report", ...this.source(claim, records));
    return h(
      "article",
      { class: "claim", data: { claim: item.id } },
      this.deed(claim),
      unsure.length > 0 ? h("p", { class: "doubt" }, unsure.join("; ")) : null,
      h("blockquote", {}, passage(claim.context, claim.quote, claim.marks)),
      facts,
      h("p", { class: "adds small", hidden: true }),
      this.archive.openReport || this.archive.review ? h("p", { class: "tools" }, ...this.tools(item)) : null,
    );
  }

  /** "Republican Guard takes it from Northern Front" */
  deed(claim: Claim): HTMLElement {
    const actors = this.actors();
    const { words, before } = deed(claim);
    const who = claim.actor === null ? "Somebody not named" : actors.get(claim.actor).name;
    const other = claim.against === null ? null : h("span", {}, ` ${before} `, name(actors.get(claim.against).name));
    return h("p", { class: "deed" }, h("strong", {}, name(who)), " ", name(words), other);
  }

  source(claim: Claim, records: Records): (Node | string)[] {
    const report = own(records.reports, claim.report);
    if (!report) return ["not in this file"];
    const parts: (Node | string)[] = [];
    if (report.outlet) parts.push(name(report.outlet), ", ");
    const title = report.title || report.label;
    parts.push(report.url ? link(report.url, title) : name(title));
    // An address that is no link is still shown: it is part of the record.
    if (report.url && !(parts.at(-1) instanceof HTMLAnchorElement)) parts.push(h("span", { class: "small" }, ` (${report.url})`));
    const published = dayOf(report.published);
    parts.push(published === null ? ", no date found" : `, published ${longDate(published)}`);
    return parts;
  }

  private side(side: string | null | undefined): Node | null {
    return side ? h("span", { class: "side-of" }, " (for ", name(this.actors().get(side).name), ")") : null;
  }

  private tools({ id, claim }: Item): Node[] {
    const { openReport, review } = this.archive;
    const tool = (words: string, click: () => void): Node => h("button", { type: "button", class: "link", click }, words);
    return [
      ...(openReport ? [tool("whole report", () => openReport(claim.report, id))] : []),
      ...(openReport && review ? [" · "] : []),
      ...(review ? [tool("judge it", () => review(id))] : []),
    ].map((part) => (typeof part === "string" ? document.createTextNode(part) : part));
  }
}

/** Beside each card within `root`, what its witness adds. */
export function showReasons(root: HTMLElement, reasons: Reason[], whole: number): void {
  for (const { claim, without, instead } of reasons) {
    const line = root.querySelector<HTMLElement>(`[data-claim="${CSS.escape(claim)}"] > .adds`);
    if (!line) continue;
    const words = Math.abs(whole - without) < 0.005 ? `takes nothing away: ${support(without)} without it` : `${support(without)} without it, instead of ${support(whole)}`;
    line.replaceChildren(h("strong", {}, "Adds: "), words, instead ? h("span", {}, "; then ", name(instead)) : "");
    line.hidden = false;
  }
}
