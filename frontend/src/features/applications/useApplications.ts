import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { applicationsQuery, type Sort } from "@/api/applications/list";
import type { Application } from "@/api/types";
import { type Filter, matches, needsAllRows, toQuery } from "@/lib/filter";

/** The filtered list, as far as it is loaded. Tokens the server can't answer make it load every page. */
export function useApplications(filter: Filter, sort: Sort) {
  const query = useInfiniteQuery(applicationsQuery(toQuery(filter, sort)));
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const all = needsAllRows(filter);
  useEffect(() => {
    if (all && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [all, hasNextPage, isFetchingNextPage, fetchNextPage, data]);
  const rows = useMemo<Application[]>(() => {
    const loaded = data?.pages.flatMap((page) => page.items) ?? [];
    return all ? loaded.filter((row) => matches(filter, row)) : loaded;
  }, [data, all, filter]);
  const total = all ? rows.length : (data?.pages[0]?.total ?? 0);
  return { ...query, rows, total };
}
