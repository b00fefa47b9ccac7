// The second clock: the places as they were known on a day, or in hindsight.
import { longDate } from "./dates";
import { DayField } from "./dayfield";
import { get } from "./dom";
import type { Model } from "./model";
import type { Actions, View } from "./view";

export class Clock {
  private readonly field: DayField;
  private view: View | null = null;

  /** `anyDay`: every day can be asked about; else only the model's steps. */
  constructor(
    private readonly model: Model,
    private readonly actions: Actions,
    private readonly anyDay: boolean,
  ) {
    get("clock").hidden = !anyDay && model.clock.length === 0;
    this.field = new DayField("known", (day) => this.actions.setKnown(day));
    get("known-then").addEventListener("click", () => this.actions.setKnown(this.view!.day));
    get("known-now").addEventListener("click", () => this.actions.setKnown(null));
  }

  /** `wanted`: the day that was asked for last. Until it comes, what is shown is of another. */
  show(view: View, wanted: number | null): void {
    this.view = view;
    const { known } = view;
    this.field.show(wanted);
    get("known-now").setAttribute("aria-pressed", String(known === null));
    get("known-then").setAttribute("aria-pressed", String(known !== null && known === view.day));
    const asking = wanted === null ? "asking for all reports …" : `asking what was known on ${longDate(wanted)} …`;
    const words = wanted !== known ? asking : known === null ? "by all reports" : this.words(known);
    // It is read out whenever it is written.
    if (get("known-words").textContent !== words) get("known-words").textContent = words;
    document.documentElement.dataset.known = known === null ? "hindsight" : "then";
  }

  private words(known: number): string {
    if (this.anyDay) return `as known on ${longDate(known)}`;
    // A file holds some steps only: say which one is shown.
    const step = this.model.clock.findLast((day) => day <= known);
    return step === undefined ? "no report was out by then" : `by reports out until ${longDate(step)}`;
  }
}
