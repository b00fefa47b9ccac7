// The four tables: which columns are shown at first, and what can be filtered.
export type TableName = "places" | "claims" | "reports" | "issues";

export interface Filter {
  name: string;
  label: string;
  /** Fixed choices, or free text ("text"), a day ("day"). */
  input: readonly string[] | "text" | "day";
}

const KINDS = ["holds", "absent", "gains", "loses", "withdraws", "contests", "advances", "besieges", "repels", "clears"];
const TYPES = ["settlement", "district", "province", "country", "road", "river", "border", "facility", "area", "part"];
const DAYS: Filter[] = [
  { name: "since", label: "From", input: "day" },
  { name: "until", label: "Until", input: "day" },
];

export const TABLES: Record<TableName, { label: string; shown: readonly string[]; filters: Filter[]; formats: readonly string[] }> = {
  places: {
    label: "Places",
    shown: ["place", "country", "status", "holder_names", "support", "fighting", "disputed", "divided", "last_evidence", "claims"],
    filters: [
      { name: "status", label: "Status", input: ["held", "vacated", "unknown"] },
      { name: "flag", label: "Flag", input: ["fighting", "disputed", "divided", "stale"] },
      { name: "holder", label: "Holder", input: "text" },
      { name: "country", label: "Country", input: "text" },
      { name: "place_type", label: "Type", input: TYPES },
      { name: "placed", label: "On the map", input: ["true", "false"] },
    ],
    formats: ["csv", "json", "jsonl", "geojson", "kml"],
  },
  claims: {
    label: "Claims",
    shown: ["kind", "actor", "against", "place", "start", "end", "mode", "quote", "speaker", "outlet", "published_end", "judged"],
    filters: [
      { name: "kind", label: "Kind", input: KINDS },
      { name: "mode", label: "Mode", input: ["asserted", "planned", "attempted", "possible", "denied"] },
      { name: "actor", label: "Actor", input: "text" },
      { name: "place", label: "Place", input: "text" },
      { name: "outlet", label: "Outlet", input: "text" },
      ...DAYS,
      { name: "judged", label: "Judged", input: ["no", "right", "wrong", "changed", "split", "copy"] },
      { name: "unsure", label: "Unsure", input: ["true", "false"] },
    ],
    formats: ["csv", "json", "jsonl", "geojson", "kml"],
  },
  reports: {
    label: "Reports",
    shown: ["label", "title", "outlet", "published_start", "published_end", "lang", "claims"],
    filters: [
      { name: "outlet", label: "Outlet", input: "text" },
      ...DAYS,
      { name: "lang", label: "Language (code)", input: "text" },
      { name: "has_claims", label: "With claims", input: ["true", "false"] },
    ],
    formats: ["csv", "json", "jsonl"],
  },
  issues: {
    label: "Issues",
    shown: ["severity", "code", "message", "source", "place"],
    filters: [
      { name: "severity", label: "Severity", input: ["error", "warning", "note"] },
      { name: "code", label: "Code", input: "text" },
    ],
    formats: ["csv", "json", "jsonl"],
  },
};

export const TABLE_NAMES = Object.keys(TABLES) as TableName[];
