import { queryOptions } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";
import type { components } from "@/api/schema";
import type { FigureFilter } from "./filter";

export type Funnel = components["schemas"]["Funnel"];

export const funnelQuery = (filter: FigureFilter) =>
  queryOptions({
    queryKey: ["analytics", "funnel", filter],
    queryFn: ({ signal }) => bodyOf(api.GET("/api/analytics/funnel", { params: { query: filter }, signal })) as Promise<Funnel>,
  });
