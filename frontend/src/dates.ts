// Days as whole numbers since 1970-01-01, so that neither time zone nor clock change can shift one.
const MS = 86_400_000;

const long = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const weekday = new Intl.DateTimeFormat("en-GB", { weekday: "long", timeZone: "UTC" });

/** The day of an ISO date; null for null and for anything that is no date. */
export function dayOf(iso: string | null): number | null {
  if (iso === null || !/^\d{4}-\d{2}-\d{2}$/.test(iso)) return null;
  const ms = Date.parse(iso + "T00:00:00Z");
  return Number.isNaN(ms) ? null : ms / MS;
}

export function isoOf(day: number): string {
  return new Date(day * MS).toISOString().slice(0, 10);
}

/** "13 March 2016" */
export function longDate(day: number): string {
  return long.format(day * MS);
}

export function weekdayOf(day: number): string {
  return weekday.format(day * MS);
}

/** "13 March 2016", "13 to 20 March 2016" and the like; open ends in words. */
export function interval(start: string | null, end: string | null): string {
  const from = dayOf(start);
  const to = dayOf(end);
  if (from === null && to === null) return "no date given";
  if (from === null) return `by ${longDate(to!)}`;
  if (to === null) return `from ${longDate(from)} on`;
  return from === to ? longDate(from) : `${longDate(from)} to ${longDate(to)}`;
}

export function days(count: number): string {
  return count === 1 ? "1 day" : `${count.toLocaleString("en-GB")} days`;
}
