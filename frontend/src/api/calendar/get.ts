import { queryOptions } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";

export const calendarQuery = queryOptions({
  queryKey: ["calendar"],
  queryFn: ({ signal }) => bodyOf(api.GET("/api/calendar", { signal })),
});
