import { useMutation } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";

/** Deletes the account and everything in it, for good. */
export function useDeleteMe() {
  return useMutation({
    mutationFn: (body: { username: string; password: string }) => bodyOf(api.DELETE("/api/me", { body })),
  });
}
