// Where the rows of the tables come from: a server, or the data of the page itself.
import type { TableName } from "./columns";

export interface Column {
  name: string;
  type: string;
  says: string;
  sorts: boolean;
}

export interface Page {
  columns: Column[];
  rows: Row[];
  /** Names of the actors and countries in the rows, by id and code, where they are given along. */
  actors?: Record<string, string>;
  countries?: Record<string, string>;
  total: number;
  counted_to: number;
  next: string | null;
}

export type Row = Record<string, unknown>;

/** What the reader asks of a table. */
export interface Wanted {
  q: string;
  /** A column, "-" before it for the last first; "" for the table's own order. */
  sort: string;
  filters: Record<string, string>;
}

export interface Shelf {
  /** Whether it has a table, and knows one of its filters. */
  has(table: TableName, filter?: string): boolean;
  page(table: TableName, wanted: Wanted, limit: number, cursor: string | null, signal: AbortSignal): Promise<Page>;
  formats(table: TableName): readonly string[];
  /** Make a link one to all rows that are wanted, as a file. */
  link(anchor: HTMLAnchorElement, table: TableName, format: string, wanted: Wanted): void;
}
