import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";

/** Says that the person has looked at everything: nothing is news any more. */
export function useMarkAllSeen() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => bodyOf(api.POST("/api/seen", { body: {} })),
    onSettled: () => client.invalidateQueries({ queryKey: ["applications"] }),
  });
}
