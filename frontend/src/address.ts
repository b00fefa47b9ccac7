// The address bar's hash holds the day and the place, so that a view can be sent to somebody.
import { dayOf, isoOf } from "./dates";

export interface Address {
  day: number | null;
  place: string | null;
}

export function readAddress(): Address {
  const values = new URLSearchParams(location.hash.slice(1));
  return { day: dayOf(values.get("d")), place: values.get("p") };
}

let timer = 0;

export function writeAddress(day: number, place: string | null): void {
  // Browsers refuse when the address is written too often, as while playing.
  window.clearTimeout(timer);
  timer = window.setTimeout(() => {
    const values = new URLSearchParams({ d: isoOf(day) });
    if (place !== null) values.set("p", place);
    const hash = `#${values}`;
    if (hash !== location.hash) history.replaceState(null, "", hash);
  }, 150);
}
