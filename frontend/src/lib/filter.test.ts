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
    const { tokens, text } = parseFilter("stage:dancing after:june http://a.example note: c++");
    expect(tokens).toEqual([]);
    expect(text).toBe("stage:dancing after:june http://a.example note: c++");
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

  it("checks months as whole months", () => {
    const june = sampleApplication({ received_date: "2026-06-01T00:10:00Z" });
    expect(matches(parseFilter("after:2026-06"), june)).toBe(true);
    expect(matches(parseFilter("before:2026-06"), june)).toBe(false);
    expect(matches(parseFilter("before:2026-07"), june)).toBe(true);
    expect(matches(parseFilter("after:2026-07"), june)).toBe(false);
  });

  it("does not put an application without a date before anything", () => {
    expect(matches(parseFilter("before:2026-07"), sampleApplication({ received_date: null }))).toBe(false);
  });

  it("knows waiting, stale and unsure", () => {
    expect(matches(parseFilter("is:waiting"), sampleApplication({ waiting_on: "me" }))).toBe(true);
    expect(matches(parseFilter("is:waiting"), sampleApplication({ waiting_on: "them" }))).toBe(false);
    expect(matches(parseFilter("is:stale is:unsure"), sampleApplication({ stale: true, needs_review: false }))).toBe(false);
  });
});
