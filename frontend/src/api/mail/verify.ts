import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";
import { runsQuery } from "@/api/runs/list";

/** Compares a mailbox with what is stored of it; `fix` fetches what is missing. */
export function useVerify() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ account, fix = false }: { account: number; fix?: boolean }) =>
      bodyOf(api.POST("/api/mail-accounts/{account_id}/verify", { params: { path: { account_id: account }, query: { fix } } })),
    onSettled: () => client.invalidateQueries({ queryKey: runsQuery.queryKey }),
  });
}
