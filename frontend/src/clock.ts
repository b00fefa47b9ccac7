// The second clock: the places as they were known on a day, or in hindsight.
import { dayOf, isoOf, longDate } from "./dates";
import { get } from "./dom";
import type { Model } from "./model";
import type { Actions, View } from "./view";

export class Clock {
  private readonly field = get<HTMLInputElement>("known");
  private view: View | null = null;

  /** `anyDay`: every day can be asked about; else only the model's steps. */
  constructor(
    private readonly model: Model,
    private readonly actions: Actions,
    private readonly anyDay: boolean,
  ) {
    get("clock").hidden = !anyDay && model.clock.length === 0;
    this.field.addEventListener("change", () => {
      const day = dayOf(this.field.value);
      this.actions.setKnown(day);
    });
    get("known-then").addEventListener("click", () => this.actions.setKnown(this.view!.day));
    get("known-now").addEventListener("click", () => this.actions.setKnown(null));
  }

  show(view: View): void {
    this.view = view;
    const { known } = view;
    this.field.value = known === null ? "" : isoOf(known);
    get("known-now").setAttribute("aria-pressed", String(known === null));
    get("known-then").setAttribute("aria-pressed", String(known !== null && known === view.day));
    get("known-words").textContent = known === null ? "by all reports" : this.words(known);
    document.documentElement.dataset.known = known === null ? "hindsight" : "then";
  }

  private words(known: number): string {
    if (this.anyDay) return `as known on ${longDate(known)}`;
    // A file holds some steps only: say which one is shown.
    const step = this.model.clock.findLast((day) => day <= known);
    return step === undefined ? "no report was out by then" : `by reports out until ${longDate(step)}`;
  }
}
