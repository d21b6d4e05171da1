import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";
import { runsQuery } from "./list";

export function useSync() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ mode = "auto", account }: { mode?: "auto" | "full"; account?: number }) =>
      bodyOf(api.POST("/api/sync-emails", { params: { query: { mode, mail_account_id: account } } })),
    onSettled: () => client.invalidateQueries({ queryKey: runsQuery.queryKey }),
  });
}
