import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { keysQuery } from "./keys";

export function useRevokeKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (id: number) => {
      await api.DELETE("/api/api-keys/{api_key_id}", { params: { path: { api_key_id: id } } });
    },
    onSettled: () => client.invalidateQueries({ queryKey: keysQuery.queryKey }),
  });
}
