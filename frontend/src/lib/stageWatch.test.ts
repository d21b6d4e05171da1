import { expect, it } from "vitest";
import type { Stage } from "@/api/types";
import { StageWatch } from "./stageWatch";

const row = (id: number, stage: Stage) => ({ id, stage });

it("notices what moved between two looks at a list, and nothing at the first", () => {
  const watch = new StageWatch();
  expect(watch.see("all", [row(1, "applied"), row(2, "offer")], false)).toEqual([]);
  expect(watch.see("all", [row(1, "rejected"), row(2, "offer")], false)).toEqual([{ id: 1, was: "applied" }]);
  expect(watch.see("all", [row(1, "rejected"), row(2, "offer")], false)).toEqual([]);
});

it("notices what left a column, also when nobody looks at the column it went to", () => {
  const watch = new StageWatch();
  watch.see("offer", [row(2, "offer"), row(3, "offer")], false);
  expect(watch.see("offer", [row(3, "offer")], false)).toEqual([{ id: 2, was: "offer" }]);
  expect(watch.see("rejected", [row(2, "rejected")], false)).toEqual([]);
});

it("says nothing of what the person moved", () => {
  const watch = new StageWatch();
  watch.see("applied", [row(1, "applied")], false);
  watch.see("applied", [], true);
  watch.see("offer", [row(1, "offer")], true);
  expect(watch.see("applied", [], false)).toEqual([]);
  expect(watch.see("offer", [row(1, "offer")], false)).toEqual([]);
});
