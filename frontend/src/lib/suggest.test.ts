import { describe, expect, it } from "vitest";
import { lastWordOf, suggest } from "./suggest";

const known = { companies: ["Blue Fern", "blue fern", "Northwind"], tags: ["remote"] };
const inserts = (word: string) => suggest(word, known, new Date("2026-07-15T12:00:00Z")).map((s) => s.insert);

describe("what is suggested while typing a filter", () => {
  it("kinds of tokens first, those that begin so", () => {
    expect(inserts("")).toContain("stage:");
    expect(inserts("st")).toEqual(["stage:"]);
    expect(inserts("zebra")).toEqual([]);
  });

  it("then the values of the kind, by their spelling or their name", () => {
    expect(inserts("stage:int")).toEqual(["stage:interview"]);
    expect(inserts("is:")).toContain("is:stale");
    expect(inserts("class:off")).toEqual(["class:OFFER"]);
  });

  it("known companies once, in quotes when they have a space; known tags", () => {
    expect(inserts("company:bl")).toEqual(['company:"blue fern"']);
    expect(inserts('company:"blue f')).toEqual(['company:"blue fern"']);
    expect(inserts("tag:")).toEqual(["tag:remote"]);
  });

  it("months, the newest first, over the turn of the year", () => {
    expect(inserts("after:")[0]).toBe("after:2026-07");
    expect(suggest("before:2025", known, new Date("2026-02-01T12:00:00Z")).map((s) => s.insert)).toEqual(["before:2025-12", "before:2025-11", "before:2025-10", "before:2025-09"]);
  });

  it("for the word at the end, which a quotation holds together", () => {
    expect(lastWordOf('platform company:"blue f')).toBe('company:"blue f');
    expect(lastWordOf("platform st")).toBe("st");
    expect(lastWordOf("platform ")).toBe("");
  });
});
