import { queryOptions } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";
import type { components } from "@/api/schema";
import type { FigureFilter } from "./filter";

export type Activity = components["schemas"]["Activity"];
export type Bucket = Activity["bucket"];

export const activityQuery = (filter: FigureFilter, bucket: Bucket) =>
  queryOptions({
    queryKey: ["analytics", "activity", filter, bucket],
    queryFn: ({ signal }) => bodyOf(api.GET("/api/analytics/activity", { params: { query: { ...filter, bucket } }, signal })) as Promise<Activity>,
    placeholderData: (previous) => previous,
  });
