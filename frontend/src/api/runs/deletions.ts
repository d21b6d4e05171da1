import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";
import { runsQuery } from "./list";

/** Looks for mail that was deleted in the mailbox while nothing told of it. */
export function useCheckDeletions() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (address: string) => bodyOf(api.POST("/api/gmail/sync/deleted", { params: { query: { user_email: address, force_full_sync: true } } })),
    onSettled: () => client.invalidateQueries({ queryKey: runsQuery.queryKey }),
  });
}
