import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";
import { calendarQuery } from "./get";

/** Makes the private address, or a new one; it is told this once. */
export function useOpenCalendar() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => bodyOf(api.POST("/api/calendar")),
    onSettled: () => client.invalidateQueries({ queryKey: calendarQuery.queryKey }),
  });
}
