// What changed in the week up to the chosen day: places whose answer is another than seven days before.
import type { Place, State } from "./data";
import { longDate } from "./dates";
import { get, h, name } from "./dom";
import type { Model } from "./model";
import type { Actions, View } from "./view";
import { holder } from "./words";

const WEEK = 7;
const MOST = 100;

interface Change {
  place: Place;
  before: State;
  after: State;
}

export class Changes {
  private readonly box = get<HTMLDetailsElement>("changes");
  private readonly list = get("changes-list");
  private said = "";
  private latest: { states: State[]; view: View } | null = null;

  constructor(
    private readonly model: Model,
    private readonly actions: Actions,
  ) {
    this.box.addEventListener("toggle", () => {
      if (this.latest) this.show(this.latest.states, this.latest.view);
    });
  }

  show(states: State[], view: View): void {
    this.latest = { states, view };
    const found = this.found(states, view.day);
    get("changes-count").textContent = found.length.toLocaleString("en-GB");
    if (!this.box.open) return;
    const shown = found.slice(0, MOST);
    const said = JSON.stringify(shown.map(({ place, before, after }) => [place.data.id, this.words(before), this.words(after)]));
    get("changes-days").textContent = `Places that are not as they were a week before, on ${longDate(view.day - WEEK)}.`;
    if (said === this.said) return;
    this.said = said;
    this.list.replaceChildren(
      ...shown.map(({ place, before, after }) =>
        h(
          "li",
          {},
          h(
            "button",
            { type: "button", class: "link place", click: () => this.actions.select(place.data.id, { focus: true, fly: true }) },
            name(place.data.name),
          ),
          h("span", { class: "small" }, name(this.words(before)), " → ", name(this.words(after))),
        ),
      ),
      found.length > MOST ? h("li", { class: "small" }, `and ${(found.length - MOST).toLocaleString("en-GB")} more`) : "",
      found.length === 0 ? h("li", { class: "small" }, "Nothing changed.") : "",
    );
  }

  private found(states: State[], day: number): Change[] {
    const found: Change[] = [];
    for (const after of states) {
      const { place } = after;
      // Most places did not change: their spell began before the week.
      if (after.since <= day - WEEK) continue;
      const before = this.model.stateOn(place, day - WEEK);
      if (this.words(before) !== this.words(after)) found.push({ place, before, after });
    }
    return found;
  }

  private words(state: State): string {
    return holder(state, this.model.actors) + (state.spell?.disputed ? ", disputed" : "");
  }
}
