import { expect, it } from "vitest";
import { COLUMNS, columnsOf, directionOf, nextSort } from "./columns";

const of = (key: string) => COLUMNS.find((column) => column.key === key) ?? COLUMNS[0];

it("the company stays, the rest stand in their own order, and what is unknown is left out", () => {
  expect(columnsOf(["activity", "title", "zebra"]).map((c) => c.key)).toEqual(["company", "title", "activity"]);
  expect(columnsOf([]).map((c) => c.key)).toEqual(["company"]);
});

it("a click on a head sorts by it, a second one turns it round", () => {
  const activity = of("activity");
  if (!activity) throw new Error("no such column");
  expect(nextSort(activity, "company")).toBe("-last_activity");
  expect(nextSort(activity, "-last_activity")).toBe("last_activity");
  expect(nextSort(activity, "last_activity")).toBe("-last_activity");
  expect(directionOf(activity, "-last_activity")).toBe("descending");
  expect(directionOf(activity, "company")).toBeUndefined();
  const days = of("days");
  if (days) expect(nextSort(days, "company")).toBeNull();
});
