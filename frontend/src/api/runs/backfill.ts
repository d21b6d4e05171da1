import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";
import { runsQuery } from "./list";

/** Reads the last `days` of a mailbox again, newest first, whatever was synced before. */
export function useBackfill() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ days, address }: { days: number; address: string }) =>
      bodyOf(api.POST("/api/gmail/backfill/start", { params: { query: { days, user_email: address } } })),
    onSettled: () => client.invalidateQueries({ queryKey: runsQuery.queryKey }),
  });
}
