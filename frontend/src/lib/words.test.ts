import { describe, expect, it } from "vitest";
import { answersTo } from "./words";

describe("a name that is looked for", () => {
  it("is found by how its words begin, in any order", () => {
    expect(answersTo("Go to mail & sync", "sy")).toBe(true);
    expect(answersTo("Go to mail & sync", "SYNC mail")).toBe(true);
    expect(answersTo("Keyboard shortcuts", "key shor")).toBe(true);
  });
  it("is not found by what stands inside a word, or by a word it lacks", () => {
    expect(answersTo("Applications", "cation")).toBe(false);
    expect(answersTo("Go to today", "today acme")).toBe(false);
  });
  it("is always found while nothing is written, and never by signs alone", () => {
    expect(answersTo("Undo", "  ")).toBe(true);
    expect(answersTo("Undo", "&&")).toBe(false);
  });
});
