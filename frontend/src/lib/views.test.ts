import { expect, it } from "vitest";
import { viewOf, viewText } from "./views";

it("a saved view is the same after writing and reading", () => {
  const view = { q: 'stage:offer company:"Blue & Fern"', sort: "company", layout: "board" as const };
  expect(viewOf(viewText(view))).toEqual(view);
  expect(viewText({ layout: "table", q: "acme" })).toBe(viewText({ q: "acme", layout: "table" }));
});

it("what is unknown in it is left out", () => {
  expect(viewOf("q=acme&layout=carousel&next=//evil.example")).toEqual({ q: "acme", sort: undefined, layout: undefined });
  expect(viewOf("")).toEqual({ q: undefined, sort: undefined, layout: undefined });
});
