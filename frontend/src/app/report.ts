// A report as it is stored, with the words of its claims marked.
import { dayOf, longDate } from "../dates";
import { get, h, link, name } from "../dom";
import { Latest } from "./api";
import type { ReportDetail } from "./types";

const asked = new Latest();

/** Show a report in a dialog, at the words of one of its claims. */
export async function openReport(id: string, claim: string | null): Promise<void> {
  const dialog = get<HTMLDialogElement>("report");
  const title = get("report-title");
  const body = get("report-body");
  title.textContent = "Report";
  body.replaceChildren(h("p", { role: "status" }, "Fetching the report …"));
  if (!dialog.open) dialog.showModal();
  try {
    const report = await asked.ask<ReportDetail>(`/reports/${encodeURIComponent(id)}`, { start: 0 });
    if (!report) return;
    title.replaceChildren(name(report.title || report.label));
    body.replaceChildren(about(report), ...text(report, claim));
    body.querySelector(".chosen")?.scrollIntoView({ block: "center" });
  } catch (error) {
    body.replaceChildren(h("p", { class: "notice", role: "alert" }, String(error)));
  }
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
  const rest = report.length > report.start + points.length;
  return [passage, ...(rest ? [h("p", { class: "small" }, "The report goes on; only its beginning is shown here.")] : [])];
}
