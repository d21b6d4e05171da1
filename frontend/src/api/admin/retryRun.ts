import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";

/** Does the work of somebody's ended run again, for them. */
export function useRetryAnyRun() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => bodyOf(api.POST("/api/admin/runs/{run_id}/retry", { params: { path: { run_id: id } } })),
    onSettled: () => client.invalidateQueries({ queryKey: ["admin"] }),
  });
}
