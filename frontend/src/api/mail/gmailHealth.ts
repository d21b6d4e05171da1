import { queryOptions } from "@tanstack/react-query";
import { call } from "@/api/http";
import type { GmailHealth } from "@/api/types";

export const gmailHealthQuery = queryOptions({
  queryKey: ["gmail", "health"],
  queryFn: ({ signal }) => call<GmailHealth>("GET", "/gmail/health", { signal }),
  staleTime: 10_000,
});

/** A page of ours, not of the API: the browser goes there and comes back from Google's consent. */
export const GMAIL_CONNECT = "/api/gmail/auth";
