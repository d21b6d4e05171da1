import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";
import { mergeApplication } from "./cache";

/** Notes that somebody looked at an application; its dot goes at once. */
export function useMarkSeen() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => bodyOf(api.POST("/api/seen", { body: { application_ids: [id] } })),
    onMutate: (id) => {
      mergeApplication(client, id, { seen: true });
    },
  });
}
