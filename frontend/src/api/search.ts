import { queryOptions } from "@tanstack/react-query";
import { call } from "./http";
import type { Page, SearchHit } from "./types";

export const searchQuery = (q: string) =>
  queryOptions({
    queryKey: ["search", q],
    queryFn: ({ signal }) => call<Page<SearchHit>>("GET", "/search", { query: { q, limit: 20 }, signal }),
    enabled: q.trim().length > 1,
    placeholderData: (previous) => previous,
    staleTime: 10_000,
  });
