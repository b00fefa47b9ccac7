// A report as it is stored, with the words of its claims marked.
import { dayOf, longDate } from "../dates";
import { get, h, link, name } from "../dom";
import { Latest } from "./api";
import type { ReportDetail } from "./types";

const asked = new Latest();
/** Of a long report the server gives so many characters at a time. */
const AT_ONCE = 200_000;
/** So many stand before a claim's words where they are not in the first of them. */
const BEFORE = 5_000;

/** Show a report in a dialog, at the words of one of its claims. */
export async function openReport(id: string, claim: string | null): Promise<void> {
  const dialog = get<HTMLDialogElement>("report");
  const body = get("report-body");
  get("report-title").textContent = "Report";
  body.replaceChildren(h("p", { role: "status" }, "Fetching the report …"));
  if (!dialog.open) dialog.showModal();
  try {
    const report = await at(id, claim);
    if (report) show(report, claim);
  } catch (error) {
    body.replaceChildren(h("p", { class: "notice", role: "alert" }, String(error)));
  }
}

/** The part of the report that a claim's words are in; null where another report has been asked for meanwhile. */
async function at(id: string, claim: string | null): Promise<ReportDetail | null> {
  const first = await part(id, 0);
  const one = first?.claims.find((other) => other.id === claim);
  if (!first || !one || one.quote_end <= Array.from(first.text).length) return first;
  return part(id, Math.max(0, one.quote_start - BEFORE));
}

const part = (id: string, start: number): Promise<ReportDetail | null> => asked.ask<ReportDetail>(`/reports/${encodeURIComponent(id)}`, { start });

function show(report: ReportDetail, claim: string | null): void {
  const body = get("report-body");
  get("report-title").replaceChildren(name(report.title || report.label));
  body.replaceChildren(about(report), ...text(report, claim));
  const chosen = body.querySelector(".chosen");
  if (chosen) chosen.scrollIntoView({ block: "center" });
  else body.scrollTop = 0;
}

/** A button to another part of the report. */
function turn(words: string, id: string, start: number, claim: string | null): HTMLElement {
  const go = (): void => {
    // Until the part has come, a second click would ask for the same one again.
    const buttons = get("report-body").querySelectorAll<HTMLButtonElement>("button.turn");
    const wait = (on: boolean): void => buttons.forEach((button) => (button.disabled = on));
    wait(true);
    part(id, start).then(
      (report) => report && show(report, claim),
      (error: unknown) => {
        wait(false);
        get("report-body").prepend(h("p", { class: "notice", role: "alert" }, String(error)));
      },
    );
  };
  return h("p", {}, h("button", { type: "button", class: "link turn", click: go }, words));
}

function about(report: ReportDetail): HTMLElement {
  const day = dayOf(report.published_end);
  const facts: (Node | string)[] = [];
  if (report.outlet) facts.push(name(report.outlet), " · ");
  facts.push(day === null ? "no date found" : `published by ${longDate(day)}`, ` · ${report.claims.length} claims`);
  if (report.copies.length > 0) facts.push(` · ${report.copies.length} near copies`);
  if (report.url) facts.push(" · ", link(report.url, report.url));
  return h("p", { class: "small" }, ...facts);
}

// Quotes lie over each other: the text is cut at every end of one.
function text(report: ReportDetail, claim: string | null): HTMLElement[] {
  const points = Array.from(report.text);
  const clip = (n: number): number => Math.max(0, Math.min(points.length, Math.trunc(n - report.start) || 0));
  const quotes = report.claims.map((one) => ({ id: one.id, from: clip(one.quote_start), to: clip(one.quote_end) }));
  const edges = [...new Set([0, points.length, ...quotes.flatMap(({ from, to }) => [from, to])])].sort((a, b) => a - b);
  const passage = h("p", { class: "passage whole" });
  passage.dir = "auto";
  for (let i = 0; i + 1 < edges.length; i++) {
    const [from, to] = [edges[i]!, edges[i + 1]!];
    const words = points.slice(from, to).join("");
    const over = quotes.filter((quote) => quote.from <= from && to <= quote.to);
    if (over.length === 0) passage.append(words);
    else passage.append(h("mark", { class: over.some(({ id }) => id === claim) ? "in chosen" : "in faint" }, words));
  }
  const after = report.start + points.length;
  return [
    ...(report.start > 0 ? [turn("What comes before", report.report_id, Math.max(0, report.start - AT_ONCE), claim)] : []),
    passage,
    ...(report.length > after ? [turn("The report goes on", report.report_id, after, claim)] : []),
  ];
}
