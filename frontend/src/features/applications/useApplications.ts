import { keepPreviousData, useQueries, useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import { heldPages, nameOf } from "@/api/applications/cache";
import { type ApplicationFilter, applicationsQuery, PAGE, type Sort } from "@/api/applications/list";
import type { Application, Page } from "@/api/types";
import { type Filter, toQuery } from "@/lib/filter";

/** The list by its places; a place whose application has not been fetched is empty. */
export type Rows = readonly (Application | undefined)[];

/** Rows this far out of sight are fetched before they come into it. */
const MARGIN = 40;
const AT_ONCE = 4;
const dataOf = (results: UseQueryResult<Page<Application>>[]) => results.map((result) => result.data);

/** The filtered list. Its first hundred and the hundreds in sight are kept current, and nothing else is asked for. */
export function useApplications(filter: Filter, sort: Sort, enabled = true) {
  const client = useQueryClient();
  const word = JSON.stringify(toQuery(filter, sort));
  const asked = useMemo(() => JSON.parse(word) as ApplicationFilter, [word]);
  const head = useQuery({ ...applicationsQuery(asked), enabled, placeholderData: keepPreviousData });
  // Until the newly filtered list is there, the old one stays, with all its pages.
  const [held, setHeld] = useState(asked);
  if (held !== asked && head.data && !head.isPlaceholderData) setHeld(asked);
  const [sight, setSight] = useState({ first: 0, last: 0 });
  const total = head.data?.total ?? 0;
  const lastPage = Math.max(0, Math.ceil(total / PAGE) - 1);
  const numbers: number[] = [];
  for (let number = Math.max(1, sight.first); number <= Math.min(lastPage, sight.last); number += 1) numbers.push(number);
  const others = useQueries({ queries: numbers.map((number) => ({ ...applicationsQuery(held, number), enabled })), combine: dataOf });
  const rows = useMemo<Rows>(() => {
    const places = new Array<Application | undefined>(total).fill(undefined);
    const put = (page: Page<Application> | undefined, number: number) => {
      page?.items.forEach((item, i) => {
        if (number * PAGE + i < total) places[number * PAGE + i] = item;
      });
    };
    // Those that were in sight before are shown as they were until they are again.
    for (const [number, page] of heldPages(client, held)) if (number > 0) put(page, number);
    put(head.data, 0);
    return places;
    // What the other pages hold is read from the cache; `others` tells that it changed.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [client, held, head.data, others, total]);

  /** Says which places are in sight. */
  const see = useCallback((first: number, last: number) => {
    const next = { first: Math.max(0, Math.floor((first - MARGIN) / PAGE)), last: Math.max(0, Math.floor((last + MARGIN) / PAGE)) };
    setSight((old) => (old.first === next.first && old.last === next.last ? old : next));
  }, []);
  /** The applications from one place to another, fetched where they are not at hand. */
  const between = useCallback(
    async (from: number, to: number): Promise<Application[]> => {
      const found: Application[] = [];
      const end = Math.floor(to / PAGE);
      for (let start = Math.floor(from / PAGE); start <= end; start += AT_ONCE) {
        const group = Array.from({ length: Math.min(AT_ONCE, end - start + 1) }, (_, i) => start + i);
        const pages = await Promise.all(group.map((number) => client.ensureQueryData(applicationsQuery(held, number))));
        pages.forEach((page, i) => {
          const first = (start + i) * PAGE;
          found.push(...page.items.filter((_, place) => first + place >= from && first + place <= to));
        });
      }
      return found;
    },
    [client, held],
  );
  return { rows, total, data: head.data, error: head.error, refetch: head.refetch, isPlaceholderData: head.isPlaceholderData, list: nameOf(held), see, between };
}
