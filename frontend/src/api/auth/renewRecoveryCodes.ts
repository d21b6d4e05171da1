import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";
import { totpQuery } from "./totp";

/** Ten new codes; the old ones are worth nothing any more. */
export function useRenewRecoveryCodes() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (password?: string) => bodyOf(api.POST("/api/auth/totp/recovery-codes", { body: { password } })),
    gcTime: 0,
    onSuccess: () => client.invalidateQueries({ queryKey: totpQuery.queryKey }),
  });
}
