import { queryOptions } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";
import type { components } from "@/api/schema";
import type { FigureFilter } from "./filter";

export type Insights = components["schemas"]["Insights"];

export const insightsQuery = (filter: FigureFilter) =>
  queryOptions({
    queryKey: ["analytics", "insights", filter],
    queryFn: ({ signal }) => bodyOf(api.GET("/api/analytics/insights", { params: { query: filter }, signal })) as Promise<Insights>,
  });
