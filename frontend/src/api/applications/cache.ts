import type { QueryClient, QueryKey } from "@tanstack/react-query";
import type { Application, ApplicationDetail, BoardColumn, Page } from "@/api/types";
import { type ApplicationFilter, applicationsQuery } from "./list";
import { applicationQuery } from "./one";

type Snapshot = [QueryKey, unknown][];
/** One filtered list: those of its pages that are held, by number. */
interface List {
  filter: ApplicationFilter;
  pages: Map<number, Page<Application>>;
}

/** The name of a list: a key alone would also find those that are narrowed further. */
export const nameOf = (filter: ApplicationFilter): string => JSON.stringify(filter);

/** The pages that are held of the list of that filter, by number. */
export function heldPages(client: QueryClient, filter: ApplicationFilter): ReadonlyMap<number, Page<Application>> {
  return heldLists(client).find((list) => nameOf(list.filter) === nameOf(filter))?.pages ?? new Map<number, Page<Application>>();
}

function heldLists(client: QueryClient): List[] {
  const lists = new Map<string, List>();
  for (const [key, page] of client.getQueriesData<Page<Application>>({ queryKey: ["applications", "list"] })) {
    if (!page) continue;
    const filter = key[2] as ApplicationFilter;
    const name = nameOf(filter);
    const list = lists.get(name) ?? { filter, pages: new Map<number, Page<Application>>() };
    lists.set(name, list);
    list.pages.set(Number(key[3]), page);
  }
  return [...lists.values()];
}

/** The numbers of pages that follow one another without a gap, run by run. */
function runsOf(pages: ReadonlyMap<number, unknown>): number[][] {
  const runs: number[][] = [];
  for (const number of [...pages.keys()].sort((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run?.at(-1) === number - 1) run.push(number);
    else runs.push([number]);
  }
  return runs;
}

/** The held pages of a list with rows taken out or put in first: what follows moves up or down, across pages. */
export function reflow(pages: ReadonlyMap<number, Page<Application>>, without: ReadonlySet<number>, first: Application | null): Map<number, Page<Application>> {
  const gone = [...pages.values()].reduce((sum, page) => sum + page.items.filter((item) => without.has(item.id)).length, 0);
  const next = new Map<number, Page<Application>>();
  for (const run of runsOf(pages)) {
    const members = run.flatMap((number) => pages.get(number)?.items ?? []).filter((item) => !without.has(item.id));
    if (first && run[0] === 0) members.unshift(first);
    for (const number of run) {
      const page = pages.get(number);
      if (page) next.set(number, { ...page, items: members.splice(0, page.limit), total: Math.max(0, page.total - gone + (first ? 1 : 0)) });
    }
  }
  return next;
}

function write(client: QueryClient, list: List, pages: ReadonlyMap<number, Page<Application>>): void {
  for (const [number, page] of pages) if (page !== list.pages.get(number)) client.setQueryData(applicationsQuery(list.filter, number).queryKey, page);
}

const rowsOf = (list: List): Application[] => [...list.pages.values()].flatMap((page) => page.items);

/** The application as the page holds it, in the story or in any list. */
export function findApplication(client: QueryClient, id: number): Application | undefined {
  const whole = client.getQueryData<ApplicationDetail>(applicationQuery(id).queryKey);
  if (whole) return whole;
  for (const list of heldLists(client)) {
    const found = rowsOf(list).find((item) => item.id === id);
    if (found) return found;
  }
  return undefined;
}

/** Writes a changed application wherever the page holds it, so that list, board and story agree at once. */
export function mergeApplication(client: QueryClient, id: number, change: Partial<ApplicationDetail>): void {
  const before = findApplication(client, id);
  client.setQueryData<ApplicationDetail>(applicationQuery(id).queryKey, (old) => old && { ...old, ...change });
  if (!before) return;
  const after: Application = { ...before, ...change };
  const moved = after.stage !== before.stage;
  const lists = heldLists(client).map((list) => ({
    list,
    stage: list.filter.stage ?? null,
    rest: JSON.stringify({ ...list.filter, stage: null }),
    holds: rowsOf(list).some((item) => item.id === id),
  }));
  // A list of one stage gains it only when it stood in a list with the same filter before, which is what a board is.
  const boards = new Set(lists.filter(({ holds }) => holds).map(({ rest }) => rest));
  for (const { list, stage, rest, holds } of lists) {
    const belongs = stage === null || stage === after.stage;
    if (holds && belongs) {
      const changed = [...list.pages].filter(([, page]) => page.items.some((item) => item.id === id));
      write(client, list, new Map(changed.map(([number, page]) => [number, { ...page, items: page.items.map((item) => (item.id === id ? after : item)) }])));
    } else if (holds) write(client, list, reflow(list.pages, new Set([id]), null));
    else if (moved && belongs && stage !== null && boards.has(rest)) write(client, list, reflow(list.pages, new Set(), after));
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
  const without = new Set(ids);
  for (const list of heldLists(client)) if (rowsOf(list).some((item) => without.has(item.id))) write(client, list, reflow(list.pages, without, null));
}
