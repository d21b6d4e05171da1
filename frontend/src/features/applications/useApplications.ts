import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { applicationsQuery, type Sort } from "@/api/applications/list";
import type { Application } from "@/api/types";
import { type Filter, toQuery } from "@/lib/filter";

/** The filtered list, as far as it is loaded. */
export function useApplications(filter: Filter, sort: Sort, enabled = true) {
  const query = useInfiniteQuery({ ...applicationsQuery(toQuery(filter, sort)), enabled });
  const { data } = query;
  const rows = useMemo<Application[]>(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  return { ...query, rows, total: data?.pages[0]?.total ?? 0 };
}
