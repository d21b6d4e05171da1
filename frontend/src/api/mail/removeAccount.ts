import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "@/api/http";

export function useRemoveAccount() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, emails }: { id: number; emails: "keep" | "delete" }) =>
      call<undefined>("DELETE", `/mail-accounts/${id}`, { query: { emails } }),
    onSettled: () => client.invalidateQueries(),
  });
}
