import { queryOptions } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";

/** The day, in the person's own zone. It moves with the clock, so it is asked for again every minute. */
export const agendaQuery = queryOptions({
  queryKey: ["applications", "agenda"],
  queryFn: ({ signal }) => bodyOf(api.GET("/api/agenda", { signal })),
  refetchInterval: 60_000,
});
