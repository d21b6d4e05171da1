import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";

/** Asks somebody's run to stop. */
export function useCancelAnyRun() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => bodyOf(api.POST("/api/admin/runs/{run_id}/cancel", { params: { path: { run_id: id } } })),
    onSettled: () => client.invalidateQueries({ queryKey: ["admin"] }),
  });
}
