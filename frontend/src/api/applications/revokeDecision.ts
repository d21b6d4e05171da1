import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";
import type { ApplicationDetail } from "@/api/types";
import { mergeApplication } from "./cache";

/** Undo: takes back what a person decided; the server computes what would have been without it. */
export function useRevokeDecisions() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (ids: number[]) => {
      const touched: (ApplicationDetail | null)[] = [];
      for (const id of [...ids].reverse()) {
        touched.push((await bodyOf(api.POST("/api/decisions/{decision_id}/revoke", { params: { path: { decision_id: id } } }))) as ApplicationDetail | null);
      }
      return touched;
    },
    onSuccess: (touched) => {
      for (const application of touched) if (application) mergeApplication(client, application.id, application);
    },
    onSettled: () => {
      void client.invalidateQueries({ queryKey: ["applications"] });
      void client.invalidateQueries({ queryKey: ["emails"] });
    },
  });
}
