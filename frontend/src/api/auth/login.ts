import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";
import { authStatusQuery } from "./status";

export function useLogin() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (who: { username: string; password: string; code?: string }) => bodyOf(api.POST("/api/login", { body: { ...who, cookie: true } })),
    onSuccess: () => client.fetchQuery({ ...authStatusQuery, staleTime: 0 }),
  });
}
