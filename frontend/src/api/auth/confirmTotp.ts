import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";
import { meQuery } from "./me";
import { totpQuery } from "./totp";

/** Switches 2-step login on; the answer has the recovery codes. */
export function useConfirmTotp() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (code: string) => bodyOf(api.POST("/api/auth/totp/confirm", { body: { code } })),
    gcTime: 0,
    onSuccess: () => Promise.all([client.invalidateQueries({ queryKey: totpQuery.queryKey }), client.invalidateQueries({ queryKey: meQuery.queryKey })]),
  });
}
