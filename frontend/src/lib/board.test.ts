import { describe, expect, it } from "vitest";
import { FOLDED_AT_FIRST, neighbourOf, openColumns, stageBeside } from "./board";

describe("columns of the board", () => {
  it("are all stages but the folded ones", () => {
    expect(openColumns(null, FOLDED_AT_FIRST)).toEqual(["saved", "applied", "assessment", "interview", "offer", "accepted"]);
    expect(openColumns(null, [])).toHaveLength(8);
  });

  it("are one when the filter names a stage, folded or not", () => {
    expect(openColumns("rejected", FOLDED_AT_FIRST)).toEqual(["rejected"]);
  });
});

describe("arrow keys on the board", () => {
  const columns = [[1, 2, 3], [], [4], [5, 6]];

  it("go up and down in a column and stop at its ends", () => {
    expect(neighbourOf(columns, 2, "down")).toBe(3);
    expect(neighbourOf(columns, 2, "up")).toBe(1);
    expect(neighbourOf(columns, 3, "down")).toBeNull();
    expect(neighbourOf(columns, 1, "up")).toBeNull();
  });

  it("go sideways at the same height, over empty columns, to the last card of a shorter one", () => {
    expect(neighbourOf(columns, 3, "right")).toBe(4);
    expect(neighbourOf(columns, 4, "left")).toBe(1);
    expect(neighbourOf(columns, 4, "right")).toBe(5);
    expect(neighbourOf(columns, 6, "right")).toBeNull();
  });

  it("begin at the first card there is when the one left is gone", () => {
    expect(neighbourOf([[], [7]], 99, "down")).toBe(7);
    expect(neighbourOf([[], []], 99, "down")).toBeNull();
  });
});

it("a stage has one beside it, but for the first and the last", () => {
  expect(stageBeside("applied", 1)).toBe("assessment");
  expect(stageBeside("saved", -1)).toBeNull();
  expect(stageBeside("withdrawn", 1)).toBeNull();
});
