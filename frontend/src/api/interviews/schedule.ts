import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";
import type { ScheduleIn } from "@/api/types";

/** Puts an interview on the list; the answer carries its calendar file and what Google's calendar said. */
export function useSchedule(applicationId: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: ScheduleIn) => bodyOf(api.POST("/api/applications/{application_id}/schedule", { params: { path: { application_id: applicationId } }, body })),
    onSettled: () => client.invalidateQueries({ queryKey: ["applications"] }),
  });
}
