import { useMutation } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";

/** A secret for the authenticator app; nothing changes until its first code is confirmed. */
export function useBeginTotp() {
  return useMutation({ mutationFn: (password?: string) => bodyOf(api.POST("/api/auth/totp", { body: { password } })), gcTime: 0 });
}
