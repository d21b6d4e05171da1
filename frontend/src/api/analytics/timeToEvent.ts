import { queryOptions } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";
import type { components } from "@/api/schema";
import type { FigureFilter } from "./filter";

export type TimeToEvent = components["schemas"]["TimeToEvent"];
export type FigureEvent = TimeToEvent["event"];

export const timeToEventQuery = (filter: FigureFilter, event: FigureEvent) =>
  queryOptions({
    queryKey: ["analytics", "time-to-event", filter, event],
    queryFn: ({ signal }) => bodyOf(api.GET("/api/analytics/time-to-event", { params: { query: { ...filter, event } }, signal })) as Promise<TimeToEvent>,
    placeholderData: (previous) => previous,
  });
