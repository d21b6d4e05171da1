import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";
import type { ReplyIn } from "@/api/types";

/** Puts a reply into Gmail's drafts, or sends it when `send` says so; without Gmail the answer is a mailto link. */
export function useRespond(applicationId: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: ReplyIn) => bodyOf(api.POST("/api/applications/{application_id}/respond", { params: { path: { application_id: applicationId } }, body })),
    onSettled: () => client.invalidateQueries({ queryKey: ["applications"] }),
  });
}
