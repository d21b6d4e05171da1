import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "@/api/http";
import type { Started } from "@/api/types";
import { runsQuery } from "./list";

export function useSync() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ mode = "auto", account }: { mode?: "auto" | "full"; account?: number }) =>
      call<Started>("POST", "/sync-emails", { query: { mode, mail_account_id: account } }),
    onSettled: () => client.invalidateQueries({ queryKey: runsQuery.queryKey }),
  });
}
