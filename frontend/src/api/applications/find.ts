import { queryOptions } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";
import type { Application } from "@/api/types";

/** The applications whose names hold every word; the last active ones when there is none. */
export const findQuery = (words: string) =>
  queryOptions({
    queryKey: ["applications", "find", words],
    queryFn: async ({ signal }) =>
      (await bodyOf(api.GET("/api/applications", { params: { query: { q: words || undefined, sort: "-last_activity", limit: 12 } }, signal }))).items as Application[],
    placeholderData: (previous) => previous,
    staleTime: 10_000,
  });
