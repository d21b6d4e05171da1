import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "@/api/http";

/** Undo: takes back what a person decided; the server computes what would have been without it. */
export function useRevokeDecisions() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (ids: number[]) => {
      for (const id of [...ids].reverse()) await call<unknown>("POST", `/decisions/${id}/revoke`);
    },
    onSettled: () => client.invalidateQueries({ queryKey: ["applications"] }),
  });
}
