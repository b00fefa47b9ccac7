// The form under a claim that is put right, split or marked as a copy: what is wrong is said at its field, and nothing
// that was written goes without a word.
import { h } from "../dom";
import type { ClaimForm, FieldError } from "./form";

interface Doors {
  /** What is to be sent; throws in words where something is missing or wrong. */
  said(): object;
  send(said: object): Promise<void>;
  cancel(): void;
}

export class Correction {
  readonly element: HTMLFormElement;
  /** Something was written or chosen. */
  touched = false;
  private busy = false;
  private readonly wrong = h("p", { id: "correction-wrong", class: "notice wide", role: "alert", hidden: true });
  private readonly actions: HTMLElement;
  /** Doubts that were told once: who saves again means it. */
  private readonly told = new Set<string>();

  constructor(
    title: string,
    parts: Node[],
    private readonly forms: readonly ClaimForm[],
    private readonly doors: Doors,
  ) {
    const cancel = h("button", { type: "button", click: () => doors.cancel() }, "Cancel (Esc)");
    this.actions = h("p", { class: "actions" }, h("button", { type: "submit", class: "main" }, "Save"), " ", cancel);
    this.element = h("form", { class: "correction" }, h("h3", {}, title), ...parts, this.wrong, this.actions);
    // Else the browser's own bubble would stand in for ours, and be gone at the next click.
    this.element.noValidate = true;
    for (const type of ["input", "change"]) this.element.addEventListener(type, () => this.touch());
    this.element.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.save();
    });
  }

  touch(): void {
    this.touched = true;
  }

  /** Say what is wrong, at the field where it is one's. */
  complain(words: string, field: HTMLElement | null = null): void {
    this.praise();
    this.wrong.textContent = words;
    this.wrong.hidden = false;
    const at = field?.closest("label, fieldset");
    if (at) at.after(this.wrong);
    else this.actions.before(this.wrong);
    if (field) {
      field.setAttribute("aria-invalid", "true");
      field.setAttribute("aria-describedby", this.wrong.id);
      field.focus();
    }
    this.wrong.scrollIntoView({ block: "nearest" });
  }

  close(): void {
    for (const form of this.forms) form.close();
    this.element.remove();
  }

  private praise(): void {
    this.wrong.hidden = true;
    for (const field of this.element.querySelectorAll("[aria-invalid]")) {
      field.removeAttribute("aria-invalid");
      field.removeAttribute("aria-describedby");
    }
  }

  private async save(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.praise();
    try {
      const said = this.doors.said();
      for (const form of this.forms) await this.ask(form);
      await this.doors.send(said);
    } catch (error) {
      const field = (error as Partial<FieldError>).field ?? null;
      this.complain(error instanceof Error ? error.message : String(error), field);
    }
    this.busy = false;
  }

  private async ask(form: ClaimForm): Promise<void> {
    const doubt = await form.doubt();
    if (doubt === null || this.told.has(doubt.message)) return;
    this.told.add(doubt.message);
    throw doubt;
  }
}
