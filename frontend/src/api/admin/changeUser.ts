import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";
import { usersQuery } from "./users";

/** Makes somebody an administrator or not, shuts somebody out or in again. */
export function useChangeUser() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...change }: { id: number; is_admin?: boolean; is_active?: boolean }) =>
      bodyOf(api.PATCH("/api/admin/users/{user_id}", { params: { path: { user_id: id } }, body: change })),
    onSettled: () => client.invalidateQueries({ queryKey: usersQuery.queryKey }),
  });
}
