import { infiniteQueryOptions } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";
import type { Feed, TimelineEvent } from "@/api/types";

export const timelineQuery = (id: number) =>
  infiniteQueryOptions({
    queryKey: ["applications", "timeline", id],
    queryFn: ({ pageParam, signal }) =>
      bodyOf(
        api.GET("/api/v1/applications/{application_id}/timeline", { params: { path: { application_id: id }, query: { cursor: pageParam } }, signal }),
      ) as Promise<Feed<TimelineEvent>>,
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next_cursor ?? undefined,
    staleTime: 15_000,
  });
