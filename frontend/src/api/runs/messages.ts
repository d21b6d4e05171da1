import { infiniteQueryOptions } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";
import type { Feed, LedgerLine, Outcome } from "@/api/types";

/** The ledger of one run: every message it looked at and what became of it. */
export const runMessagesQuery = (id: string, outcome: Outcome | null) =>
  infiniteQueryOptions({
    queryKey: ["runs", id, "messages", outcome],
    queryFn: ({ pageParam, signal }) =>
      bodyOf(api.GET("/api/runs/{run_id}/messages", { params: { path: { run_id: id }, query: { outcome, cursor: pageParam, limit: 50 } }, signal })) as Promise<Feed<LedgerLine>>,
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next_cursor ?? undefined,
  });
