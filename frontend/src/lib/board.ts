import type { Stage } from "@/api/types";
import { STAGES } from "./stages";

/** Ends that are mostly many and seldom looked at: folded until asked for. */
export const FOLDED_AT_FIRST: readonly Stage[] = ["rejected", "withdrawn"];

/** Which columns show their cards: all but the folded ones, or the one stage that the filter names. */
export function openColumns(only: Stage | null, folded: readonly Stage[]): Stage[] {
  return STAGES.filter((stage) => (only === null ? !folded.includes(stage) : stage === only));
}

export type Step = "up" | "down" | "left" | "right";

/** The card an arrow key leads to: within the column, or at the same height of the next column that has cards. */
export function neighbourOf(columns: readonly (readonly number[])[], id: number, step: Step): number | null {
  const at = columns.findIndex((column) => column.includes(id));
  const column = columns[at];
  if (!column) return columns.find((each) => each.length > 0)?.[0] ?? null;
  const row = column.indexOf(id);
  if (step === "up" || step === "down") return column[row + (step === "down" ? 1 : -1)] ?? null;
  const by = step === "right" ? 1 : -1;
  for (let next = at + by; next >= 0 && next < columns.length; next += by) {
    const other = columns[next] ?? [];
    const found = other[Math.min(row, other.length - 1)];
    if (found !== undefined) return found;
  }
  return null;
}

/** The stage beside this one, in the order of the board; null at its end. */
export const stageBeside = (stage: Stage, by: 1 | -1): Stage | null => STAGES[STAGES.indexOf(stage) + by] ?? null;
