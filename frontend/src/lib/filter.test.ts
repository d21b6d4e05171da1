import { describe, expect, it } from "vitest";
import { sampleApplication } from "@/test/samples";
import { formatFilter, matches, needsAllRows, parseFilter, toggleToken, toQuery } from "./filter";

describe("reading a filter", () => {
  it("takes tokens out of the words, whatever their case", () => {
    expect(parseFilter('Stage:Interview is:stale company:"Blue Fern" after:2026-06 platform engineer')).toEqual({
      tokens: [
        { key: "stage", value: "interview" },
        { key: "is", value: "stale" },
        { key: "company", value: "Blue Fern" },
        { key: "after", value: "2026-06" },
      ],
      text: "platform engineer",
    });
  });

  it("leaves what it does not understand as words", () => {
    const { tokens, text } = parseFilter("stage:dancing source:dreams after:june http://a.example note: c++");
    expect(tokens).toEqual([]);
    expect(text).toBe("stage:dancing source:dreams after:june http://a.example note: c++");
  });

  it("is the same after writing and reading again", () => {
    const text = 'stage:offer company:"Blue Fern" before:2026-07-01 remote';
    expect(formatFilter(parseFilter(text))).toBe(text);
  });
});

describe("choosing a quick filter", () => {
  it("replaces the stage, and a second click takes it away", () => {
    const first = toggleToken(parseFilter("stage:applied acme"), { key: "stage", value: "offer" });
    expect(formatFilter(first)).toBe("stage:offer acme");
    expect(formatFilter(toggleToken(first, { key: "stage", value: "offer" }))).toBe("acme");
  });
});

describe("what the server answers and what the page checks itself", () => {
  it("sends stage, source, class and words to the server", () => {
    const filter = parseFilter("stage:offer source:LinkedIn class:offer acme");
    expect(toQuery(filter, "company")).toEqual({ stage: "offer", source: "linkedin", category: "OFFER", q: "acme", sort: "company" });
    expect(needsAllRows(filter)).toBe(false);
  });

  it("sends states and months as the server knows them", () => {
    expect(toQuery(parseFilter("is:stale after:2026-06 before:2027"), "-last_activity")).toMatchObject({ stale: true, after: "2026-06-01", before: "2027-01-01" });
    expect(toQuery(parseFilter("is:waiting after:2026-06-15"), "title")).toMatchObject({ waiting_on: "me", after: "2026-06-15" });
    expect(toQuery(parseFilter("is:unsure"), "title")).toMatchObject({ needs_review: true, stale: undefined, waiting_on: undefined });
  });

  it("asks for words and checks the company itself, since words also match titles", () => {
    const filter = parseFilter("company:north");
    expect(toQuery(filter, "company").q).toBe("north");
    expect(needsAllRows(filter)).toBe(true);
    expect(matches(filter, sampleApplication({ company_name: "Northwind Atlas" }))).toBe(true);
    expect(matches(filter, sampleApplication({ company_name: "Blue Fern", job_title: "North region lead" }))).toBe(false);
    expect(matches(filter, sampleApplication({ company_name: null }))).toBe(false);
  });

  it("knows pinned ones", () => {
    expect(matches(parseFilter("is:pinned"), sampleApplication({ pinned: true }))).toBe(true);
    expect(matches(parseFilter("is:pinned"), sampleApplication({ pinned: false }))).toBe(false);
  });
});
