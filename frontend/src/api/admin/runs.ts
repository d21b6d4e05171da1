import { infiniteQueryOptions } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";
import type { AdminRun, Page, RunState } from "@/api/types";

const AT_ONCE = 50;

export interface RunFilter {
  kind?: string;
  state?: RunState;
  username?: string;
}

/** Everybody's runs, newest first. Admins only. */
export const adminRunsQuery = (filter: RunFilter) =>
  infiniteQueryOptions({
    queryKey: ["admin", "runs", filter],
    queryFn: ({ pageParam, signal }) =>
      bodyOf(api.GET("/api/admin/runs", { params: { query: { ...filter, offset: pageParam, limit: AT_ONCE } }, signal })) as Promise<Page<AdminRun>>,
    initialPageParam: 0,
    getNextPageParam: (last) => (last.offset + last.items.length < last.total ? last.offset + last.items.length : undefined),
    refetchInterval: 5_000,
  });
