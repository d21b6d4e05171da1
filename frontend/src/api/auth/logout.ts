import { useMutation } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";

export function useLogout() {
  return useMutation({ mutationFn: () => bodyOf(api.POST("/api/auth/logout")) });
}
