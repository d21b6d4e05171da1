import { queryOptions } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";
import type { components } from "@/api/schema";
import type { FigureFilter } from "./filter";

export type ResponseRates = components["schemas"]["ResponseRates"];
export type Rate = components["schemas"]["Rate"];
export type GroupBy = ResponseRates["group_by"];

export const responseRateQuery = (filter: FigureFilter, group_by: GroupBy) =>
  queryOptions({
    queryKey: ["analytics", "response-rate", filter, group_by],
    queryFn: ({ signal }) =>
      bodyOf(api.GET("/api/analytics/response-rate", { params: { query: { ...filter, group_by } }, signal })) as Promise<ResponseRates>,
    placeholderData: (previous) => previous,
  });
