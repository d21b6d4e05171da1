import { queryOptions } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";

/** What works and what doesn't. Takes a few seconds: it asks the mail providers. */
export const doctorQuery = queryOptions({
  queryKey: ["doctor"],
  queryFn: ({ signal }) => bodyOf(api.GET("/api/doctor", { signal })),
  staleTime: 300_000,
});
