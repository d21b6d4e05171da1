import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";
import { meQuery } from "./me";

export function useUnlinkGoogle() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (password?: string) => bodyOf(api.POST("/api/auth/google/unlink", { body: { password } })),
    onSuccess: (me) => {
      client.setQueryData(meQuery.queryKey, me);
    },
  });
}
