import { queryOptions } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";
import type { components } from "@/api/schema";
import type { FigureFilter } from "./filter";

export type Predictions = components["schemas"]["Predictions"];
export type Predicted = components["schemas"]["PredictedApplication"];
const AGAIN_MS = 2_000;

export const predictionQuery = (filter: FigureFilter) =>
  queryOptions({
    queryKey: ["analytics", "prediction", filter],
    queryFn: ({ signal }) => bodyOf(api.GET("/api/analytics/prediction", { params: { query: { ...filter, limit: 10 } }, signal })) as Promise<Predictions>,
    // While a run computes it, ask again: the answer that stands is shown meanwhile.
    refetchInterval: ({ state }) => (state.data?.job_id ? AGAIN_MS : false),
  });
