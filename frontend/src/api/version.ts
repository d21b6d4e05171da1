import { queryOptions } from "@tanstack/react-query";
import { call } from "./http";

export const versionQuery = queryOptions({
  queryKey: ["version"],
  queryFn: ({ signal }) => call<{ status: string; version: string }>("GET", "/v1/health/live", { signal }),
  staleTime: Infinity,
});
