import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";
import type { Me } from "@/api/types";
import { authStatusQuery } from "./status";

export const meQuery = queryOptions({
  queryKey: ["auth", "me"],
  queryFn: ({ signal }) => bodyOf(api.GET("/api/me", { signal })),
  staleTime: 300_000,
});

export function usePatchMe() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: Partial<Pick<Me, "display_name" | "time_zone" | "own_addresses">>) => bodyOf(api.PATCH("/api/me", { body: change })),
    onSuccess: (me) => {
      client.setQueryData(meQuery.queryKey, me);
      client.setQueryData(authStatusQuery.queryKey, (status) => status && { ...status, user: me });
    },
  });
}
