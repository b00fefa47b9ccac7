// The tables of the server.
import { TABLES, type TableName } from "../columns";
import type { Page, Shelf, Wanted } from "../shelf";
import { addressOf, ask, type Query } from "./api";

const asked = ({ q, sort, filters }: Wanted): Query => ({ q, sort, ...filters });

export const serverShelf: Shelf = {
  has: () => true,
  page: (table, wanted, limit, cursor, signal) => ask<Page>(`/tables/${table}`, { ...asked(wanted), limit, cursor }, signal),
  formats: (table: TableName) => TABLES[table].formats,
  link(anchor, table, format, wanted) {
    anchor.href = addressOf(`/tables/${table}/export`, { format, ...asked(wanted) });
    anchor.download = `${table}.${format}`;
  },
};
