import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "@/api/http";
import type { Page, Run } from "@/api/types";
import { runsQuery } from "./list";

export function useCancelRun() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call<unknown>("POST", `/runs/${id}/cancel`),
    onMutate: (id) => {
      client.setQueryData<Page<Run>>(runsQuery.queryKey, (page) =>
        page && { ...page, items: page.items.map((run) => (run.job_id === id ? { ...run, cancel_requested: true } : run)) },
      );
    },
    onError: () => client.invalidateQueries({ queryKey: runsQuery.queryKey }),
  });
}
