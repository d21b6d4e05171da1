import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";
import type { NewAccount } from "@/api/types";
import { usersQuery } from "./users";

export function useCreateUser() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (account: NewAccount) => bodyOf(api.POST("/api/admin/users", { body: account })),
    onSuccess: () => client.invalidateQueries({ queryKey: usersQuery.queryKey }),
  });
}
