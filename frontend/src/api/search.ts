import { queryOptions } from "@tanstack/react-query";
import { api, bodyOf } from "./client";

export const searchQuery = (q: string) =>
  queryOptions({
    queryKey: ["search", q],
    queryFn: ({ signal }) => bodyOf(api.GET("/api/search", { params: { query: { q, limit: 20 } }, signal })),
    enabled: q.trim().length > 1,
    placeholderData: (previous) => previous,
    staleTime: 10_000,
  });
