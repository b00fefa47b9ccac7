// The tables of a page that holds all its data: rows, search, filters, order and files without a server.
import type { TableName } from "./columns";
import { firstOf, own, type Claim, type State } from "./data";
import { isoOf } from "./dates";
import { fold } from "./list";
import type { Model } from "./model";
import type { Column, Page, Row, Shelf, Wanted } from "./shelf";
import { flagged } from "./view";

/** For each table its columns with their types; the first is what it is sorted by. */
const COLUMNS: Partial<Record<TableName, Record<string, string>>> = {
  places: {
    claims: "integer", place: "text", place_id: "text", place_type: "text", country: "text", status: "text", holders: "list",
    holder_names: "list", support: "number", fighting: "boolean", disputed: "boolean", divided: "boolean", stale: "boolean",
    since: "day", last_evidence: "day", lat: "number", lon: "number", radius_km: "number", place_basis: "text",
  },
  claims: {
    end: "day", start: "day", kind: "text", mode: "text", stance: "text", actor: "text", against: "text", place: "text", place_id: "text",
    country: "text", extent: "text", speaker: "text", speaker_side: "text", outlet: "text", published_end: "day", quote: "text",
    report: "text", report_id: "text", id: "text",
  },
  reports: { published_end: "day", label: "text", title: "text", outlet: "text", url: "text", claims: "integer", report_id: "text" },
}; // prettier-ignore

type Test = (row: Row, value: string, model: Model) => boolean;
const same = (column: string): Test => (row, value) => String(row[column] ?? "") === value;
/** ISO days sort as the days do. */
const late = (column: string, other: string): Test => (row, value) => String(row[column] ?? row[other] ?? "") >= value;
const early = (column: string, other: string): Test => (row, value) => { const day = row[column] ?? row[other]; return typeof day === "string" && day <= value; };
/** By an id, or by words of the name. */
const called = (column: string, nameOf: (model: Model, id: string) => string | null): Test => (row, value, model) =>
  [row[column] ?? []].flat().some((id) => id === value || fold(nameOf(model, String(id)) ?? "").includes(fold(value)));
const actor = (model: Model, id: string): string => model.actors.get(id).name;
const land = called("country", (model, code) => `${code}\n${model.country(code)}`);
const FILTERS: Partial<Record<TableName, Record<string, Test>>> = {
  places: {
    status: same("status"),
    flag: (row, value) => row[value] === true,
    holder: called("holders", actor),
    country: land,
    place_type: same("place_type"),
    placed: (row, value) => String(row.lat !== null) === value,
  },
  claims: {
    kind: same("kind"), mode: same("mode"), actor: called("actor", actor), place: called("place_id", (model, id) => model.byId.get(id)?.data.name ?? null), outlet: same("outlet"),
    since: late("end", "start"), until: early("start", "end"),
  },
  reports: { outlet: same("outlet"), since: late("published_end", "published_end"), until: early("published_end", "published_end") },
}; // prettier-ignore

export class FileShelf implements Shelf {
  private readonly tables = new Map<TableName, { row: Row; words: string }[]>();

  constructor(private readonly model: Model) {}

  has(table: TableName, filter?: string): boolean {
    return filter === undefined ? COLUMNS[table] !== undefined : FILTERS[table]?.[filter] !== undefined;
  }

  formats(): readonly string[] {
    return ["csv", "json"];
  }

  page(table: TableName, wanted: Wanted, limit: number, cursor: string | null): Promise<Page> {
    const found = this.found(table, wanted);
    const at = Number(cursor ?? 0);
    const rows = found.slice(at, at + limit);
    const next = at + limit < found.length ? String(at + limit) : null;
    return Promise.resolve({ columns: columnsOf(table), rows, total: found.length, counted_to: Infinity, next });
  }

  link(anchor: HTMLAnchorElement, table: TableName, format: string, wanted: Wanted): void {
    anchor.href = "#";
    anchor.download = `${table}.${format}`;
    // Made when it is asked for: it may be long.
    anchor.onclick = () => {
      const rows = this.found(table, wanted);
      const names = columnsOf(table).map(({ name }) => name);
      const text = format === "json" ? JSON.stringify(rows.map((row) => Object.fromEntries(names.map((name) => [name, row[name]]))), null, 1) : csv(names, rows);
      const url = URL.createObjectURL(new Blob([text], { type: format === "json" ? "application/json" : "text/csv" }));
      anchor.href = url;
      window.setTimeout(() => {
        URL.revokeObjectURL(url);
        anchor.href = "#";
      }, 10_000);
    };
  }

  private found(table: TableName, { q, sort, filters }: Wanted): Row[] {
    const words = fold(q).split(/\s+/).filter(Boolean);
    const tests = Object.entries(filters).flatMap(([name, value]) => (FILTERS[table]?.[name] ? [[FILTERS[table][name], value] as const] : []));
    const rows = this.rows(table)
      .filter((one) => words.every((word) => one.words.includes(word)) && tests.every(([test, value]) => test(one.row, value, this.model)))
      .map(({ row }) => row);
    const order = sort === "" ? `-${columnsOf(table)[0]!.name}` : sort;
    const [column, way] = order.startsWith("-") ? [order.slice(1), -1] : [order, 1];
    const key = (row: Row): string | number => (typeof row[column] === "number" ? row[column] : String(row[column] ?? ""));
    return rows.sort((a, b) => (key(a) === key(b) ? 0 : key(a) < key(b) ? -way : way));
  }

  private rows(table: TableName): { row: Row; words: string }[] {
    let found = this.tables.get(table);
    if (!found) {
      const made = table === "places" ? this.places() : table === "claims" ? this.claims() : this.reports();
      found = made.map((row) => ({ row, words: fold(Object.values(row).flat().filter((value) => typeof value === "string").join("\n")) }));
      this.tables.set(table, found);
    }
    return found;
  }

  /** By the latest answer, in hindsight: as the page was made. */
  private places(): Row[] {
    const { model } = this;
    const counts = new Map<string, number>();
    for (const { place } of Object.values(model.data.claims)) if (place !== undefined) counts.set(place, (counts.get(place) ?? 0) + 1);
    return model.latest().map((state) => ({ ...this.answer(state), claims: counts.get(state.place.data.id) ?? state.spell?.claims.length ?? 0 }));
  }

  private answer(state: State): Row {
    const { data } = state.place;
    const { spell } = state;
    return {
      place: data.name, place_id: data.id, place_type: data.type, country: data.country, status: state.status,
      holders: spell?.holders ?? [], holder_names: (spell?.holders ?? []).map((id) => this.model.actors.get(id).name),
      support: spell?.support ?? null, fighting: flagged(state, "fighting"), disputed: flagged(state, "disputed"),
      divided: flagged(state, "divided"), stale: state.stale, since: spell && firstOf(state.place.stretches, spell).start,
      last_evidence: state.age === null ? null : isoOf(this.model.range!.last - state.age),
      lat: data.lat ?? null, lon: data.lon ?? null, radius_km: data.radius_km, place_basis: data.basis,
    }; // prettier-ignore
  }

  private claims(): Row[] {
    return Object.entries(this.model.data.claims).map(([id, claim]) => {
      const place = claim.place === undefined ? undefined : this.model.byId.get(claim.place)?.data;
      const report = own(this.model.data.reports, claim.report);
      const voice = claim.voices[0];
      return {
        id, kind: claim.kind, mode: claim.mode, stance: claim.stance, actor: claim.actor, against: claim.against,
        place: place?.name ?? claim.place ?? null, place_id: claim.place ?? null, country: place?.country ?? null, start: claim.start, end: claim.end,
        extent: claim.extent, speaker: voice?.name ?? null, speaker_side: voice?.side ?? null, outlet: report?.outlet ?? null,
        published_end: report?.published ?? null, quote: quoteOf(claim), report: report?.label ?? null, report_id: claim.report,
      }; // prettier-ignore
    });
  }

  private reports(): Row[] {
    const counts = new Map<string, number>();
    for (const { report } of Object.values(this.model.data.claims)) counts.set(report, (counts.get(report) ?? 0) + 1);
    return Object.entries(this.model.data.reports).map(([id, report]) => ({
      report_id: id, label: report.label, title: report.title, outlet: report.outlet, url: report.url, published_end: report.published,
      claims: counts.get(id) ?? 0,
    })); // prettier-ignore
  }
}

function columnsOf(table: TableName): Column[] {
  return Object.entries(COLUMNS[table] ?? {}).map(([name, type]) => ({ name, type, says: "", sorts: type !== "list" }));
}

/** Offsets count code points; JavaScript's own count UTF-16 units. */
function quoteOf(claim: Claim): string {
  return Array.from(claim.context).slice(...claim.quote).join("");
}

/** As `whoholds export` writes it: nothing that a spreadsheet takes for a formula, nothing that turns the reading direction. */
function csv(names: string[], rows: Row[]): string {
  const unsafe = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;
  const cell = (value: unknown): string => {
    if (typeof value === "number" || typeof value === "boolean") return String(value);
    const text = (Array.isArray(value) ? value.join("; ") : String(value ?? "")).replace(/\r\n?/g, "\n").replace(unsafe, "");
    const safe = /^\s*[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return [names, ...rows.map((row) => names.map((name) => row[name]))].map((line) => line.map(cell).join(",")).join("\n") + "\n";
}
