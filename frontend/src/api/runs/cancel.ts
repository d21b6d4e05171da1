import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";
import type { Page, Run } from "@/api/types";
import { runsQuery } from "./list";

export function useCancelRun() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => bodyOf(api.POST("/api/runs/{run_id}/cancel", { params: { path: { run_id: id } } })),
    onMutate: (id) => {
      client.setQueryData<Page<Run>>(runsQuery.queryKey, (page) =>
        page && { ...page, items: page.items.map((run) => (run.job_id === id ? { ...run, cancel_requested: true } : run)) },
      );
    },
    onError: () => client.invalidateQueries({ queryKey: runsQuery.queryKey }),
  });
}
