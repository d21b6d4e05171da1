import { describe, expect, it } from "vitest";
import { addTokens, formatFilter, parseFilter, toggleToken, toQuery } from "./filter";

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

describe("several tokens", () => {
  it("of one kind: the last one counts, but states add up", () => {
    expect(formatFilter(parseFilter("stage:applied stage:offer is:stale is:pinned is:stale"))).toBe("stage:offer is:pinned is:stale");
    expect(formatFilter(toggleToken(parseFilter("is:stale"), { key: "is", value: "waiting" }))).toBe("is:stale is:waiting");
    expect(formatFilter(addTokens(parseFilter("stage:offer acme"), [{ key: "stage", value: "applied" }]))).toBe("stage:applied acme");
  });

  it("a day that no calendar has stays a word", () => {
    expect(parseFilter("after:2026-13 before:2026-02-30").tokens).toEqual([]);
    expect(parseFilter("after:2024-02-29").tokens).toHaveLength(1);
  });
});

describe("the question to the server", () => {
  it("holds stage, source, class and words", () => {
    expect(toQuery(parseFilter("stage:offer source:LinkedIn class:offer acme"), "company")).toEqual({
      stage: "offer", source: "linkedin", category: "OFFER", q: "acme", sort: "company",
    });
  });

  it("holds states and months as the server knows them", () => {
    expect(toQuery(parseFilter("is:stale after:2026-06 before:2027"), "-last_activity")).toMatchObject({ stale: true, after: "2026-06-01", before: "2027-01-01" });
    expect(toQuery(parseFilter("is:waiting after:2026-06-15"), "title")).toMatchObject({ waiting_on: "me", after: "2026-06-15" });
    expect(toQuery(parseFilter("is:unsure is:pinned"), "title")).toMatchObject({ needs_review: true, pinned: true, stale: undefined });
  });

  it("holds parts of figures, of which there may be several, and what was put away beside the rest", () => {
    expect(toQuery(parseFilter('figure:flow/applied>rejected figure:"employer/Blue Fern" is:all figure:nonsense'), "title")).toMatchObject({
      figure: ["flow/applied>rejected", "employer/Blue Fern"], archived: "include", q: "figure:nonsense",
    });
  });

  it("holds the company apart from the words, which also match titles", () => {
    expect(toQuery(parseFilter('company:"Blue Fern" lead'), "company")).toMatchObject({ company: "Blue Fern", q: "lead" });
  });
});
