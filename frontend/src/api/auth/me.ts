import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "@/api/http";
import type { Me } from "@/api/types";

export const meQuery = queryOptions({
  queryKey: ["auth", "me"],
  queryFn: ({ signal }) => call<Me>("GET", "/me", { signal }),
  staleTime: 300_000,
});

export function usePatchMe() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: Partial<Pick<Me, "display_name" | "time_zone">>) => call<Me>("PATCH", "/me", { body: change }),
    onSuccess: (me) => {
      client.setQueryData(meQuery.queryKey, me);
    },
  });
}
