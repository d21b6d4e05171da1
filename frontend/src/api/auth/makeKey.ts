import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";
import { keysQuery } from "./keys";

/** Makes a named key; the answer is the only time that it is shown. */
export function useMakeKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (key: { name: string; scope: "read" | "write" }) => bodyOf(api.POST("/api/api-keys", { body: key })),
    onSuccess: () => client.invalidateQueries({ queryKey: keysQuery.queryKey }),
  });
}
