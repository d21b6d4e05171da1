import { queryOptions } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";

/** Tokens and cost of the last 30 days, per day and per run. */
export const llmUsageQuery = queryOptions({
  queryKey: ["llm", "usage"],
  queryFn: ({ signal }) => bodyOf(api.GET("/api/llm/usage", { params: { query: { days: 30 } }, signal })),
});
