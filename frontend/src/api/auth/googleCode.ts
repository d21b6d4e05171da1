import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";
import { authStatusQuery } from "./status";

/** The second step of a sign-in with Google. */
export function useGoogleCode() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (code: string) => bodyOf(api.POST("/api/auth/google/code", { body: { code } })),
    onSuccess: () => client.fetchQuery({ ...authStatusQuery, staleTime: 0 }),
  });
}
