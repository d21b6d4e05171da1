import { queryOptions } from "@tanstack/react-query";
import { call } from "@/api/http";
import type { Page, Run } from "@/api/types";

/** The newest runs of the user; the live stream writes into the same cache entry. */
export const runsQuery = queryOptions({
  queryKey: ["runs"],
  queryFn: ({ signal }) => call<Page<Run>>("GET", "/runs", { query: { limit: 30 }, signal }),
});
