// Claims as people need to read them: each origin once, with those that carry its word folded under it.
import { own, type Claim, type Records } from "./data";
import { dayOf } from "./dates";

export interface Item {
  id: string;
  claim: Claim;
}

export interface Witness {
  /** The one that came out first. */
  first: Item;
  copies: Item[];
}

/** Groups by origin, in the order in which the ids stand. Claims without an origin are their own. */
export function witnessesOf(ids: string[], records: Records): Witness[] {
  const groups = new Map<string, Item[]>();
  for (const id of ids) {
    const claim = own(records.claims, id);
    if (!claim) continue;
    const key = claim.origin || `claim:${id}`;
    const group = groups.get(key);
    if (group) group.push({ id, claim });
    else groups.set(key, [{ id, claim }]);
  }
  return [...groups.values()].map((group) => {
    const [first, ...copies] = group.map((item, n) => ({ item, n })).sort((a, b) => out(a.item, records) - out(b.item, records) || a.n - b.n);
    return { first: first!.item, copies: copies.map(({ item }) => item) };
  });
}

/** The claim of the ids whose report came out first, where its day is known. */
export function firstReported(ids: string[], records: Records): Item | null {
  const items = ids.map((id) => ({ id, claim: own(records.claims, id) })).filter((item): item is Item => item.claim !== null);
  const dated = items.filter((item) => Number.isFinite(out(item, records)) && item.claim.mode === "asserted");
  return dated.reduce<Item | null>((a, b) => (a === null || out(b, records) < out(a, records) ? b : a), null);
}

/** The day by which its report was surely out; infinite where it is not known. */
function out({ claim }: Item, records: Records): number {
  return dayOf(own(records.reports, claim.report)?.published ?? null) ?? Infinity;
}
