import { queryOptions } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";

export const gmailHealthQuery = queryOptions({
  queryKey: ["gmail", "health"],
  queryFn: ({ signal }) => bodyOf(api.GET("/api/gmail/health", { signal })),
  staleTime: 10_000,
});

/** A page of ours, not of the API: the browser goes there and comes back from Google's consent. */
export const GMAIL_CONNECT = "/api/gmail/auth";
