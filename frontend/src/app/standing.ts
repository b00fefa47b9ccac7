// What people said of a claim: what counts of it, what can be taken back, and how both are told.
import { ask } from "./api";
import type { Judgement } from "./types";

const PAGE = 50;

/** A judgement of a claim, and neither one that was taken back nor one that takes back. */
export const stands = (one: Judgement): boolean => !one.undone && one.verdict !== "undone" && one.claim !== null;

/** The last that somebody said and that can be taken back. */
export async function lastOf(by: string): Promise<number | null> {
  for (let cursor: number | null = null; ; ) {
    const said: Judgement[] = await ask<Judgement[]>("/review/judgements", { by, limit: PAGE, cursor });
    const found = said.find(stands);
    if (found || said.length < PAGE) return found?.id ?? null;
    cursor = said.at(-1)!.id;
  }
}

/** Each judgement in words, the latest first. `by`: of this person alone, since two people may judge apart. */
export function inWords(judgements: Judgement[], by: string | null): string[] {
  return judgements
    .filter((one) => one.verdict !== "undone" && (by === null || one.by === by))
    .map((one) => `${one.by}: ${one.verdict}${one.undone ? " (taken back)" : ""}`);
}

/** The judgement that counts beside one of this number, in words that do not tell what somebody else said; "" for none. */
export function beside(judgements: Judgement[], number: number, by: string): string {
  const other = judgements.find((one) => one.id !== number && stands(one));
  if (!other) return "";
  return other.by === by ? `your other judgement of it, “${other.verdict}” of ${time(other)}` : "another person’s judgement of it";
}

/** Day and minute, as they are stored. */
export const time = (one: Judgement): string => one.at.slice(0, 16).replace("T", " ");

/** The claim of a judgement as people know it. */
export function about(one: Judgement): string {
  return [one.place, one.quote ? `“${one.quote}”` : null].filter(Boolean).join(", ");
}
