import { useMutation } from "@tanstack/react-query";
import { call } from "@/api/http";

export function useLogout() {
  return useMutation({ mutationFn: () => call<undefined>("POST", "/auth/logout") });
}
