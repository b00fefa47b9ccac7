// Dark or light: as the system has it, or as the reader chose.
import { get } from "./dom";

const CHOICES = ["auto", "light", "dark"] as const;
type Choice = (typeof CHOICES)[number];
const WORDS: Record<Choice, string> = { auto: "as the system", light: "light", dark: "dark" };

export class Theme {
  private readonly system = matchMedia("(prefers-color-scheme: dark)");
  private choice: Choice = "auto";

  /** `changed` is called whenever it has become dark or light. */
  constructor(private readonly changed: (dark: boolean) => void) {
    const kept = remembered();
    if (kept) this.choice = kept;
    const button = get<HTMLButtonElement>("theme");
    button.addEventListener("click", () => {
      this.choice = CHOICES[(CHOICES.indexOf(this.choice) + 1) % CHOICES.length]!;
      remember(this.choice);
      this.apply(button);
      this.changed(this.dark);
    });
    this.system.addEventListener("change", () => {
      this.apply(button);
      this.changed(this.dark);
    });
    this.apply(button);
  }

  get dark(): boolean {
    return this.choice === "auto" ? this.system.matches : this.choice === "dark";
  }

  private apply(button: HTMLButtonElement): void {
    const root = document.documentElement;
    root.dataset.theme = this.choice;
    root.dataset.dark = String(this.dark);
    const words = `Colours: ${WORDS[this.choice]}`;
    button.setAttribute("aria-label", words);
    button.title = words;
  }
}

// A page from a file may be denied its storage.
function remembered(): Choice | null {
  try {
    return CHOICES.find((choice) => choice === localStorage.getItem("whoholds-theme")) ?? null;
  } catch {
    return null;
  }
}

function remember(choice: Choice): void {
  try {
    localStorage.setItem("whoholds-theme", choice);
  } catch {
    // then it holds until the page is closed
  }
}
