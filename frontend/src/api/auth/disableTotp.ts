import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { meQuery } from "./me";
import { totpQuery } from "./totp";

export function useDisableTotp() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (password?: string) => {
      await api.POST("/api/auth/totp/disable", { body: { password } });
    },
    onSuccess: () => Promise.all([client.invalidateQueries({ queryKey: totpQuery.queryKey }), client.invalidateQueries({ queryKey: meQuery.queryKey })]),
  });
}
