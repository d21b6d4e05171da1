import { describe, expect, it } from "vitest";
import type { Question } from "@/api/types";
import { asksWhere, CLASSES, idsOf, stillOpen } from "./review";

const question = (id: number, alike: number[] = [], reason: string | null = "unsure", candidates: number[] = []): Question =>
  ({ email: { id, verdict: { review_reason: reason } }, alike, candidates: candidates.map((c) => ({ id: c })) }) as unknown as Question;

describe("review", () => {
  it("asks each thing once", () => {
    const open = stillOpen([question(1, [2, 3]), question(4)], new Set([3, 4]));
    expect(open.map((q) => [q.email.id, q.alike])).toEqual([[1, [2]]]);
  });

  it("asks where only when there is something to choose", () => {
    expect(asksWhere(question(1, [], "which_application", [7]))).toBe(true);
    expect(asksWhere(question(1, [], "which_application"))).toBe(false);
    expect(asksWhere(question(1, [], "unsure", [7]))).toBe(false);
  });

  it("answers for one, or for all alike", () => {
    expect(idsOf(question(1, [2]), false)).toEqual([1]);
    expect(idsOf(question(1, [2]), true)).toEqual([1, 2]);
  });

  it("has a key for every class", () => {
    expect(new Set(CLASSES).size).toBe(9);
  });
});
