import type { InfiniteData, QueryClient, QueryKey } from "@tanstack/react-query";
import type { Application, ApplicationDetail, BoardColumn, Page } from "@/api/types";
import type { ApplicationFilter } from "./list";
import { applicationQuery } from "./one";

type Pages = InfiniteData<Page<Application>>;
type Snapshot = [QueryKey, unknown][];

/** A list with the application changed, taken out when it no longer belongs, or put in first when it does now. */
export function placeIn(pages: readonly Page<Application>[], application: Application, belongs: boolean): Page<Application>[] {
  const held = pages.some((page) => page.items.some((item) => item.id === application.id));
  if (held && belongs) return pages.map((page) => ({ ...page, items: page.items.map((item) => (item.id === application.id ? application : item)) }));
  if (!held && !belongs) return [...pages];
  return pages.map((page, i) => ({
    ...page,
    total: Math.max(0, page.total + (belongs ? 1 : -1)),
    items: belongs ? (i === 0 ? [application, ...page.items] : page.items) : page.items.filter((item) => item.id !== application.id),
  }));
}

/** The application as the page holds it, in the story or in any list. */
export function findApplication(client: QueryClient, id: number): Application | undefined {
  const whole = client.getQueryData<ApplicationDetail>(applicationQuery(id).queryKey);
  if (whole) return whole;
  for (const [, data] of client.getQueriesData<Pages>({ queryKey: ["applications", "list"] })) {
    const found = data?.pages.flatMap((page) => page.items).find((item) => item.id === id);
    if (found) return found;
  }
  return undefined;
}

const filterOf = (key: QueryKey): ApplicationFilter => (key[2] ?? {}) as ApplicationFilter;

/** Writes a changed application wherever the page holds it, so that list, board and story agree at once. */
export function mergeApplication(client: QueryClient, id: number, change: Partial<ApplicationDetail>): void {
  const before = findApplication(client, id);
  client.setQueryData<ApplicationDetail>(applicationQuery(id).queryKey, (old) => old && { ...old, ...change });
  if (!before) return;
  const after: Application = { ...before, ...change };
  const moved = after.stage !== before.stage;
  const lists = client.getQueriesData<Pages>({ queryKey: ["applications", "list"] }).flatMap(([key, data]) => {
    if (!data) return [];
    const filter = filterOf(key);
    return [{ key, data, stage: filter.stage ?? null, rest: JSON.stringify({ ...filter, stage: null }), held: data.pages.some((page) => page.items.some((item) => item.id === id)) }];
  });
  // A list of one stage gains it only when it stood in a list with the same filter before, which is what a board is.
  const boards = new Set(lists.filter((list) => list.held).map((list) => list.rest));
  for (const { key, data, stage, rest, held } of lists) {
    if (held || (moved && stage === after.stage && boards.has(rest)))
      client.setQueryData<Pages>(key, { ...data, pages: placeIn(data.pages, after, stage === null || stage === after.stage) });
  }
  if (!moved) return;
  client.setQueriesData<BoardColumn[]>({ queryKey: ["applications", "board"] }, (columns) =>
    columns?.map((column) =>
      column.stage === before.stage
        ? { ...column, count: Math.max(0, column.count - 1) }
        : column.stage === after.stage
          ? { ...column, count: column.count + 1, median_days: column.median_days ?? 0 }
          : column,
    ),
  );
}

/** Everything the page holds about applications, to be put back when a change is refused. */
export function snapshot(client: QueryClient): Snapshot {
  return (["one", "list", "board"] as const).flatMap((kind) => client.getQueriesData({ queryKey: ["applications", kind] }));
}

export function restore(client: QueryClient, before: Snapshot): void {
  for (const [key, data] of before) client.setQueryData(key, data);
}

/** Takes applications out of every list, such as those that were put away. */
export function dropApplications(client: QueryClient, ids: readonly number[]): void {
  client.setQueriesData<Pages>({ queryKey: ["applications", "list"] }, (old) => {
    if (!old) return old;
    const gone = old.pages.reduce((n, page) => n + page.items.filter((item) => ids.includes(item.id)).length, 0);
    return gone === 0
      ? old
      : { ...old, pages: old.pages.map((page) => ({ ...page, total: Math.max(0, page.total - gone), items: page.items.filter((item) => !ids.includes(item.id)) })) };
  });
}
