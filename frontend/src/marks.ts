// A passage with its quote and the words that the claim was read from marked in it.
import { h } from "./dom";

export const MARKS: Record<string, string> = {
  cue: "what happened",
  actor: "who",
  place: "where",
  time: "when",
  speaker: "says who",
};

export function passage(context: string, quote: [number, number], marks: [number, number, string][]): HTMLElement {
  // Offsets count code points; JavaScript's own count UTF-16 units.
  const points = Array.from(context);
  const clip = (n: number): number => Math.max(0, Math.min(points.length, Math.trunc(n) || 0));
  const spans = marks
    .map(([start, end, type]) => ({ start: clip(start), end: clip(end), type }))
    .filter(({ start, end, type }) => start < end && Object.hasOwn(MARKS, type));
  const [from, to] = [clip(quote[0]), clip(quote[1])];
  const edges = [...new Set([0, from, to, points.length, ...spans.flatMap(({ start, end }) => [start, end])])];
  edges.sort((a, b) => a - b);

  const paragraph = h("p", { class: "passage" });
  paragraph.dir = "auto";
  for (let i = 0; i + 1 < edges.length; i++) {
    const [start, end] = [edges[i]!, edges[i + 1]!];
    const text = points.slice(start, end).join("");
    // Where marks overlap, the shorter one says more.
    const over = spans.filter((span) => span.start <= start && end <= span.end);
    const mark = over.sort((a, b) => a.end - a.start - (b.end - b.start))[0];
    const quoted = from <= start && end <= to;
    if (mark) {
      paragraph.append(h("mark", { class: quoted ? "in" : "", data: { role: mark.type }, title: MARKS[mark.type]! }, text));
    } else if (quoted) {
      paragraph.append(spans.length > 0 ? h("span", { class: "in" }, text) : h("mark", { class: "in" }, text));
    } else {
      paragraph.append(text);
    }
  }
  return paragraph;
}

export function markKey(): HTMLElement {
  const key = h("p", { class: "mark-key" }, "Marked: ");
  for (const [type, words] of Object.entries(MARKS)) key.append(h("span", { class: "as-mark", data: { role: type } }, words), " ");
  return key;
}
