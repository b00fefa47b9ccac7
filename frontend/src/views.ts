// The parts of the page, one shown at a time; the address says which.
import { address, writeAddress } from "./address";
import { get } from "./dom";

export class Views<Name extends string> {
  /** `opened`: called with the part that is shown, each time. The first is shown where the address names none. */
  constructor(
    private readonly names: readonly Name[],
    private readonly opened: (name: Name) => void,
  ) {}

  go(name: Name, values: Record<string, string | null> = {}): void {
    writeAddress({ v: name === this.names[0] ? null : name, ...values }, true);
    this.show();
  }

  /** As the address says. */
  show(): void {
    const wanted = address().get("v");
    const chosen = this.names.find((one) => one === wanted) ?? this.names[0]!;
    for (const one of this.names) {
      get(`view-${one}`).hidden = one !== chosen;
      if (one === chosen) get(`go-${one}`).setAttribute("aria-current", "page");
      else get(`go-${one}`).removeAttribute("aria-current");
    }
    this.opened(chosen);
  }
}
