import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "@/api/http";
import { authStatusQuery } from "./status";

export function useLogin() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (who: { username: string; password: string }) => call<unknown>("POST", "/login", { body: { ...who, cookie: true } }),
    onSuccess: () => client.fetchQuery({ ...authStatusQuery, staleTime: 0 }),
  });
}
