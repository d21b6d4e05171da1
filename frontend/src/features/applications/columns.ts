import type { Sort } from "@/api/applications/list";
import type { en } from "@/i18n/en";

export type ColumnKey = keyof typeof en.table.names;
export interface ColumnKind {
  key: ColumnKey;
  /** As a grid track. */
  width: string;
  /** The order its head asks for; clicked again, the other way round. */
  sort?: Sort;
}

/** In the order in which they stand; the first is always there. */
export const COLUMNS: readonly ColumnKind[] = [
  { key: "company", width: "minmax(11rem, 1.4fr)", sort: "company" },
  { key: "title", width: "minmax(11rem, 1.6fr)", sort: "title" },
  { key: "stage", width: "7.5rem", sort: "stage" },
  { key: "days", width: "6.5rem" },
  { key: "next", width: "minmax(9rem, 1.2fr)", sort: "next_due" },
  { key: "tags", width: "minmax(6rem, 0.8fr)" },
  { key: "location", width: "minmax(6rem, 0.8fr)" },
  { key: "salary", width: "minmax(6rem, 0.8fr)" },
  { key: "source", width: "7rem" },
  { key: "emails", width: "4rem" },
  { key: "applied", width: "6rem" },
  { key: "received", width: "6.5rem", sort: "-received_date" },
  { key: "activity", width: "7rem", sort: "-last_activity" },
];
export const FIRST_COLUMNS: readonly ColumnKey[] = ["company", "title", "stage", "days", "next", "location", "activity"];

/** The chosen columns in their order. What an older page kept and this one does not know is left out. */
export function columnsOf(chosen: readonly string[]): ColumnKind[] {
  return COLUMNS.filter(({ key }) => key === "company" || chosen.includes(key));
}

/** The order that a click on a head asks for, given the one that holds. */
export function nextSort(column: ColumnKind, sort: Sort): Sort | null {
  if (!column.sort) return null;
  if (sort !== column.sort) return column.sort;
  return (sort.startsWith("-") ? sort.slice(1) : `-${sort}`) as Sort;
}

export type Direction = "ascending" | "descending";
export function directionOf(column: ColumnKind, sort: Sort): Direction | undefined {
  if (!column.sort || column.sort.replace("-", "") !== sort.replace("-", "")) return undefined;
  return sort.startsWith("-") ? "descending" : "ascending";
}
