import { queryOptions } from "@tanstack/react-query";
import { api, bodyOf } from "./client";

export const versionQuery = queryOptions({
  queryKey: ["version"],
  queryFn: ({ signal }) => bodyOf(api.GET("/api/v1/health/live", { signal })),
  staleTime: Infinity,
});
