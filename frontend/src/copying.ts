// What is copied out of a table as text: a line for each row, a tab between two cells, empty ones too. Browsers leave
// those out, and break the line between cells, so that a spreadsheet gets the values in other columns.
import { h } from "./dom";

/** Copy rows so from now on; what lies within one cell is copied as it is. */
export function copyRows(table: HTMLElement): void {
  document.addEventListener("copy", (event) => {
    const selection = getSelection();
    if (!event.clipboardData || !selection || selection.rangeCount === 0) return;
    const range = selection.getRangeAt(0);
    // Where more than the table is selected, it is a part of what is copied.
    if (selection.isCollapsed || !table.contains(range.commonAncestorContainer)) return;
    const rows = [...table.querySelectorAll("tr")].filter((row) => range.intersectsNode(row));
    // Of several rows all cells, else the first and the last would begin and end in other columns.
    const cells = rows.map((row) => [...row.children].filter((cell) => rows.length > 1 || range.intersectsNode(cell)));
    if (cells.flat().length < 2) return;
    event.clipboardData.setData("text/plain", cells.map((row) => row.map(words).join("\t")).join("\n"));
    event.clipboardData.setData("text/html", h("table", {}, ...cells.map((row) => h("tr", {}, ...row.map((cell) => h("td", {}, words(cell)))))).outerHTML);
    event.preventDefault();
  });
}

const words = (cell: Element): string => (cell.textContent ?? "").replace(/\s+/g, " ").trim();
