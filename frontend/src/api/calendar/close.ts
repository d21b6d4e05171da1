import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { calendarQuery } from "./get";

/** The private address stops working. */
export function useCloseCalendar() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      await api.DELETE("/api/calendar");
    },
    onSettled: () => client.invalidateQueries({ queryKey: calendarQuery.queryKey }),
  });
}
