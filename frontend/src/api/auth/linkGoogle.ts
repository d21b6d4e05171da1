import { useMutation } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";

/** Where to send this browser to link a Google account. */
export function useLinkGoogle() {
  return useMutation({ mutationFn: (password?: string) => bodyOf(api.POST("/api/auth/google/link", { body: { password } })) });
}
