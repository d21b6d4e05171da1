import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";
import { usersQuery } from "./users";

export function useResetPassword() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...reset }: { id: number; password: string; totp_off: boolean }) =>
      bodyOf(api.POST("/api/admin/users/{user_id}/password", { params: { path: { user_id: id } }, body: reset })),
    onSuccess: () => client.invalidateQueries({ queryKey: usersQuery.queryKey }),
  });
}
