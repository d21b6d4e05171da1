import { queryOptions } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";
import type { Page, Run } from "@/api/types";

/** The newest runs of the user; the live stream writes into the same cache entry. */
export const runsQuery = queryOptions({
  queryKey: ["runs"],
  queryFn: ({ signal }) => bodyOf(api.GET("/api/runs", { params: { query: { limit: 30 } }, signal })) as Promise<Page<Run>>,
});
