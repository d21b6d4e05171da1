import { QueryClient } from "@tanstack/react-query";
import { beforeEach, describe, expect, it } from "vitest";
import type { Application, Page, Stage } from "@/api/types";
import { sampleApplication } from "@/test/samples";
import { mergeApplication, restore, snapshot } from "./cache";

const client = new QueryClient();
const key = (stage: Stage | undefined, q?: string) => ["applications", "list", { stage, q, sort: "-last_activity" }];
const put = (stage: Stage | undefined, items: Application[], q?: string) => {
  client.setQueryData(key(stage, q), { pages: [{ items, total: items.length, offset: 0, limit: 100 }], pageParams: [0] });
};
const held = (stage: Stage | undefined, q?: string) => {
  const page = client.getQueryData<{ pages: Page<Application>[] }>(key(stage, q))?.pages[0];
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
