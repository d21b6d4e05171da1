import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";
import { runsQuery } from "@/api/runs/list";
import type { AcceptRequest } from "@/api/types";

/** Takes changes, which begins a run, or leaves verdicts as they are. */
export function useAnswerReprocess() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (answer: AcceptRequest) => bodyOf(api.POST("/api/reprocess/accept", { body: answer })),
    onSettled: () =>
      Promise.all([client.invalidateQueries({ queryKey: ["reprocess"] }), client.invalidateQueries({ queryKey: runsQuery.queryKey })]),
  });
}
