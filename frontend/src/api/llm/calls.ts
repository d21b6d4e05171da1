import { infiniteQueryOptions } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";

const AT_ONCE = 20;

/** Every request that left this machine, newest first. */
export const llmCallsQuery = infiniteQueryOptions({
  queryKey: ["llm", "calls"],
  queryFn: ({ pageParam, signal }) =>
    bodyOf(api.GET("/api/llm/calls", { params: { query: { limit: AT_ONCE, ...(pageParam ? { cursor: pageParam } : {}) } }, signal })),
  initialPageParam: "",
  getNextPageParam: (last) => last.next_cursor ?? undefined,
});
