import { QueryClient } from "@tanstack/react-query";
import { beforeEach, describe, expect, it } from "vitest";
import type { Application, Page, Stage } from "@/api/types";
import { sampleApplication } from "@/test/samples";
import { dropApplications, mergeApplication, reflow, restore, snapshot } from "./cache";

const client = new QueryClient();
const key = (stage: Stage | undefined, q?: string, number = 0) => ["applications", "list", { stage, q, sort: "-last_activity" }, number];
const put = (stage: Stage | undefined, items: Application[], q?: string) => {
  client.setQueryData(key(stage, q), { items, total: items.length, offset: 0, limit: 100 });
};
const held = (stage: Stage | undefined, q?: string) => {
  const page = client.getQueryData<Page<Application>>(key(stage, q));
  return { ids: page?.items.map((a) => a.id), total: page?.total, stages: page?.items.map((a) => a.stage) };
};

describe("a card that changes its column", () => {
  beforeEach(() => {
    client.clear();
    put("applied", [sampleApplication({ id: 1 }), sampleApplication({ id: 2 })]);
    put("interview", [sampleApplication({ id: 3, stage: "interview" })]);
    put("interview", [], "zebra");
    put(undefined, [sampleApplication({ id: 1 }), sampleApplication({ id: 3, stage: "interview" })]);
    client.setQueryData(["applications", "board", {}], [
      { stage: "applied", count: 2, median_days: 4 },
      { stage: "interview", count: 1, median_days: 9 },
    ]);
  });

  it("leaves the one, stands first in the other, and stays where lists hold every stage", () => {
    mergeApplication(client, 1, { stage: "interview" });
    expect(held("applied")).toMatchObject({ ids: [2], total: 1 });
    expect(held("interview")).toMatchObject({ ids: [1, 3], total: 2 });
    expect(held(undefined)).toMatchObject({ ids: [1, 3], stages: ["interview", "interview"] });
    expect(client.getQueryData(["applications", "board", {}])).toEqual([
      { stage: "applied", count: 1, median_days: 4 },
      { stage: "interview", count: 2, median_days: 9 },
    ]);
  });

  it("enters no list with another filter: whether it matches there only the server knows", () => {
    mergeApplication(client, 1, { stage: "interview" });
    expect(held("interview", "zebra").ids).toEqual([]);
  });

  it("is where it was when the change is refused", () => {
    const before = snapshot(client);
    mergeApplication(client, 1, { stage: "interview" });
    restore(client, before);
    expect(held("applied")).toMatchObject({ ids: [1, 2], total: 2 });
    expect(held("interview")).toMatchObject({ ids: [3], total: 1 });
  });
});

const hundreds = (numbers: readonly number[], limit: number) =>
  new Map(numbers.map((n) => [n, { items: Array.from({ length: limit }, (_, i) => sampleApplication({ id: n * limit + i + 1 })), total: 99, offset: n * limit, limit }]));
const idsIn = (pages: ReadonlyMap<number, Page<Application>>) => [...pages].map(([number, page]) => [number, page.items.map((a) => a.id), page.total]);

describe("a long list of which some pages are held", () => {
  it("closes the gap across pages, and knows nothing of those it does not hold", () => {
    expect(idsIn(reflow(hundreds([0, 1, 5], 3), new Set([2, 4]), null))).toEqual([
      [0, [1, 3, 5], 97],
      [1, [6], 97],
      [5, [16, 17, 18], 97],
    ]);
  });

  it("makes room at its start, when that is held", () => {
    const made = sampleApplication({ id: 77 });
    expect(idsIn(reflow(hundreds([0, 1], 2), new Set(), made))).toEqual([
      [0, [77, 1], 100],
      [1, [2, 3], 100],
    ]);
    expect(idsIn(reflow(hundreds([3], 2), new Set(), made))).toEqual([[3, [7, 8], 100]]);
  });

  it("loses what is put away from each list that shows it", () => {
    client.clear();
    for (const [number, page] of hundreds([0, 1], 3)) client.setQueryData(key(undefined, "q", number), page);
    put("applied", [sampleApplication({ id: 5 })]);
    dropApplications(client, [5]);
    expect(held("applied")).toMatchObject({ ids: [], total: 0 });
    expect(client.getQueryData<Page<Application>>(key(undefined, "q", 1))).toMatchObject({ total: 98, items: [{ id: 4 }, { id: 6 }] });
  });
});
