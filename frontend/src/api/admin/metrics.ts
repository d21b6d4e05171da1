import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";

/** How runs ended, the queue, models' cost and storage, over so many days. Admins only. */
export const adminMetricsQuery = (days: number) =>
  queryOptions({
    queryKey: ["admin", "metrics", days],
    queryFn: ({ signal }) => bodyOf(api.GET("/api/admin/metrics", { params: { query: { days } }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: 15_000,
  });
