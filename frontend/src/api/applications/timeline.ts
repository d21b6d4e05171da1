import { infiniteQueryOptions } from "@tanstack/react-query";
import { call } from "@/api/http";
import type { Feed, TimelineEvent } from "@/api/types";

export const timelineQuery = (id: number) =>
  infiniteQueryOptions({
    queryKey: ["applications", "timeline", id],
    queryFn: ({ pageParam, signal }) =>
      call<Feed<TimelineEvent>>("GET", `/v1/applications/${id}/timeline`, { query: { cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
    staleTime: 15_000,
  });
