// A field for a day, which can be typed.
import { dayOf, isoOf } from "./dates";
import { get } from "./dom";

/** Keys that write into the field; the others open its calendar or leave it. */
const WRITES = /^([^ ]|ArrowUp|ArrowDown|Backspace|Delete)$/;

export class DayField {
  private readonly field: HTMLInputElement;
  private shown: number | null = null;
  /**
   * Browsers tell of a new day at every digit: "03152016" goes through the years 2, 20 and 201. What is typed is taken
   * when it is done, by Enter or by leaving the field, and until then nothing else is written there.
   */
  private typing = false;

  /** `chosen`: called with a day that the reader wants, or null where they emptied the field. */
  constructor(
    id: string,
    private readonly chosen: (day: number | null) => void,
  ) {
    this.field = get<HTMLInputElement>(id);
    // With a year of four digits at most the browser goes on to the next part by itself.
    this.bound(null, null);
    this.field.addEventListener("keydown", ({ key, altKey }) => {
      if (key === "Enter") this.take();
      else if (altKey || key === " ") this.typing = false;
      else if (WRITES.test(key)) this.typing = true;
    });
    this.field.addEventListener("pointerdown", () => (this.typing = false));
    this.field.addEventListener("change", () => {
      if (!this.typing) this.take();
    });
    this.field.addEventListener("blur", () => {
      if (this.typing) this.take();
    });
  }

  /** First and last day of the calendar; null: none. */
  bound(first: number | null, last: number | null): void {
    this.field.min = first === null ? "" : isoOf(first);
    this.field.max = last === null ? "9999-12-31" : isoOf(last);
  }

  show(day: number | null): void {
    this.shown = day;
    if (!this.typing) this.field.value = day === null ? "" : isoOf(day);
  }

  private take(): void {
    this.typing = false;
    const day = dayOf(this.field.value);
    // Half a day is none, and not the wish for none.
    if (day === this.shown || (day === null && this.field.validity.badInput)) return this.show(this.shown);
    this.shown = day;
    this.chosen(day);
  }
}
