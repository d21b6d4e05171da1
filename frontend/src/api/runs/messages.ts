import { infiniteQueryOptions } from "@tanstack/react-query";
import { call } from "@/api/http";
import type { Feed, LedgerLine, Outcome } from "@/api/types";

/** The ledger of one run: every message it looked at and what became of it. */
export const runMessagesQuery = (id: string, outcome: Outcome | null) =>
  infiniteQueryOptions({
    queryKey: ["runs", id, "messages", outcome],
    queryFn: ({ pageParam, signal }) =>
      call<Feed<LedgerLine>>("GET", `/runs/${id}/messages`, { query: { outcome, cursor: pageParam, limit: 50 }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
  });
