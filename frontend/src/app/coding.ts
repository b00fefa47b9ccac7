// Who judged what: coders and their agreement, the record of judgements, orphans, and what can be taken along.
import { h, name } from "../dom";
import { addressOf, ask, Latest } from "./api";
import { about, stands, time } from "./standing";
import type { Agreement, Coder, Judgement } from "./types";

export async function coders(by: string): Promise<Node[]> {
  const found = await ask<Coder[]>("/review/coders");
  const rows = found.map((one) => [one.name, one.judgements, one.right, one.wrong, one.changed, (one.last ?? "").slice(0, 10)]);
  const nodes: Node[] = [
    h("h2", {}, "Who has judged"),
    found.length === 0 ? h("p", {}, "Nobody yet.") : table(["Name", "Judgements", "Right", "Wrong", "Changed", "Last"], rows),
    exports(by),
  ];
  if (found.length < 2) return nodes;
  const pick = (label: string, n: number): HTMLSelectElement => {
    const select = h("select", { aria: { label } }, ...found.map((one) => h("option", {}, one.name)));
    select.selectedIndex = n;
    return select;
  };
  const [one, other] = [pick("One", 0), pick("The other", 1)];
  const result = h("div", { role: "status" });
  const asked = new Latest();
  const compare = async (): Promise<void> => {
    try {
      const found = await asked.ask<Agreement>("/review/agreement", { one: one.value, other: other.value });
      if (found) result.replaceChildren(...agreement(found));
    } catch (error) {
      result.replaceChildren(h("p", { class: "notice" }, String(error)));
    }
  };
  for (const select of [one, other]) select.addEventListener("change", () => void compare());
  await compare();
  return [...nodes, h("h2", {}, "Agreement"), h("p", {}, one, " and ", other), result];
}

function agreement(found: Agreement): Node[] {
  const figure = (value: number | null): string => (value === null ? "not defined" : value.toFixed(2));
  const words = `Both judged ${found.both} claims and agreed on ${found.agreed}. Cohen’s kappa ${figure(found.kappa)}, F1 ${figure(found.f1)}.`;
  const rows = found.disagreements.map((one) => [one.place, one.quote, one.one, one.other, one.fields.join(", ")]);
  return [h("p", {}, words), rows.length > 0 ? table(["Place", "Quote", "One", "The other", "Fields"], rows) : h("span", {})];
}

/** `takeBack` says in words what became of it. */
export async function history(by: string, takeBack: (id: number) => Promise<string>): Promise<Node[]> {
  const found = await ask<Judgement[]>("/review/judgements", { by, limit: 50 });
  const items = found.map((one) => {
    const words = `${time(one)} – ${one.verdict}${one.undone ? " (taken back)" : ""}: ${about(one)}${one.reason ? ` – ${one.reason}` : ""}`;
    const undo = h("button", { type: "button", class: "chip" }, "Take back");
    const said = h("span", { role: "status" });
    undo.addEventListener("click", () => {
      undo.disabled = true;
      takeBack(one.id).then(
        (done) => {
          undo.remove();
          said.textContent = done;
        },
        (error: unknown) => {
          undo.disabled = false;
          said.textContent = ` ${String(error)}`;
        },
      );
    });
    return h("li", {}, name(words), " ", stands(one) ? undo : null, said);
  });
  return [h("h2", {}, "What you said"), items.length > 0 ? h("ul", { class: "issues" }, ...items) : h("p", {}, "Nothing yet.")];
}

export async function orphans(): Promise<Node[]> {
  const found = await ask<Judgement[]>("/review/orphans");
  const rows = found.map((one) => [one.at.slice(0, 10), one.by, one.verdict, one.reason]);
  return [
    h("h2", {}, "Orphans"),
    h("p", { class: "small" }, "Judgements whose claim a newer version of the reader does not read any more, and that fit no other claim."),
    rows.length > 0 ? table(["Day", "By", "Verdict", "Reason"], rows) : h("p", {}, "None."),
  ];
}

function exports(by: string): HTMLElement {
  const file = (words: string, what: string, whose: string | null): HTMLAnchorElement => {
    const anchor = h("a", {}, words);
    anchor.href = addressOf("/review/export", { what, by: whose });
    anchor.download = `${what}.jsonl`;
    return anchor;
  };
  return h("p", { class: "small" }, "As gold for make eval: ", file("everybody’s", "gold", null), ", ", file("yours", "gold", by), ", ", file("the reports", "reports", null), ".");
}

function table(heads: string[], rows: (string | number)[][]): HTMLElement {
  const head = heads.map((words) => {
    const cell = h("th", {}, words);
    cell.scope = "col";
    return cell;
  });
  const body = rows.map((row) => h("tr", {}, ...row.map((value) => h("td", {}, name(String(value))))));
  const made = h("div", { class: "scroll" }, h("table", { class: "plain" }, h("thead", {}, h("tr", {}, ...head)), h("tbody", {}, ...body)));
  made.tabIndex = 0;
  return made;
}
