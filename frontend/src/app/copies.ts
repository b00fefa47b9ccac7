// Choosing the report that another is a copy of.
import { h, name } from "../dom";
import type { Page } from "../shelf";
import { Latest } from "./api";

export interface CopyPicker {
  parts: HTMLElement[];
  chosen(): string | null;
  focus(): void;
}

/** `fail`: told what could not be looked for; `touched`: one was chosen. */
export function copyPicker(of: string, fail: (words: string) => void, touched: () => void): CopyPicker {
  let chosen: string | null = null;
  const list = h("ul", { class: "candidates" });
  const field = h("input", { type: "search", aria: { label: "Search for the report that it is a copy of" } });
  field.maxLength = 200;
  const asked = new Latest();
  const search = async (): Promise<void> => {
    const page = await asked.ask<Page>("/tables/reports", { q: field.value.trim(), limit: 10 });
    if (!page) return;
    list.replaceChildren(
      ...page.rows
        .filter((row) => row.report_id !== of)
        .map((row) => {
          const words = [row.title || row.report, row.outlet, row.published_end].filter(Boolean).join(", ");
          const button = h("button", { type: "button", class: "link", aria: { pressed: String(row.report_id === chosen) } }, name(words));
          button.addEventListener("click", () => {
            chosen = String(row.report_id);
            touched();
            list.querySelectorAll("button").forEach((one) => one.setAttribute("aria-pressed", String(one === button)));
          });
          return h("li", {}, button);
        }),
    );
  };
  const look = (): void => void search().catch((error: unknown) => fail(String(error)));
  let timer = 0;
  field.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(look, 250);
  });
  look();
  return { parts: [field, list], chosen: () => chosen, focus: () => field.focus() };
}
