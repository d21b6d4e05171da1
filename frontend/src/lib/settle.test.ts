import { expect, it } from "vitest";
import { hueOf, initialsOf } from "./avatar";
import { settle } from "./settle";

it("rows stay where they are while more arrive", () => {
  const shown = [{ id: 3, v: "a" }, { id: 1, v: "a" }, { id: 2, v: "a" }];
  const incoming = [{ id: 4, v: "b" }, { id: 1, v: "b" }, { id: 3, v: "b" }];
  expect(settle(shown, incoming)).toEqual([{ id: 3, v: "b" }, { id: 1, v: "b" }, { id: 4, v: "b" }]);
});

it("initials take two words, or two letters, in any script", () => {
  expect(["Northwind Atlas", "acme", "Marlowe & Finch", "株式会社あおぞら", "🎉", ""].map(initialsOf)).toEqual(["NA", "AC", "MF", "株式", "🎉", "?"]);
});

it("a company keeps its hue", () => {
  expect(hueOf("Northwind Atlas")).toBe(hueOf("NORTHWIND ATLAS"));
  expect(new Set(["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"].map(hueOf)).size).toBeGreaterThan(3);
});
