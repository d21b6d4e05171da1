import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";
import { meQuery } from "./me";
import { sessionsQuery } from "./sessions";

/** Sets a new password; every other session ends. */
export function useChangePassword() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: { current_password?: string; new_password: string }) => bodyOf(api.POST("/api/auth/password", { body: change })),
    onSuccess: () => Promise.all([client.invalidateQueries({ queryKey: sessionsQuery.queryKey }), client.invalidateQueries({ queryKey: meQuery.queryKey })]),
  });
}
