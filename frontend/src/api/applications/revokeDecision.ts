import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";

/** Undo: takes back what a person decided; the server computes what would have been without it. */
export function useRevokeDecisions() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (ids: number[]) => {
      for (const id of [...ids].reverse()) await bodyOf(api.POST("/api/decisions/{decision_id}/revoke", { params: { path: { decision_id: id } } }));
    },
    onSettled: () => client.invalidateQueries({ queryKey: ["applications"] }),
  });
}
