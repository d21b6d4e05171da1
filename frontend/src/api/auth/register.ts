import { useMutation } from "@tanstack/react-query";
import { call } from "@/api/http";
import type { Me } from "@/api/types";

export interface NewOwner {
  username: string;
  password: string;
  time_zone: string;
  setup_code?: string;
}

export function useRegister() {
  return useMutation({ mutationFn: (owner: NewOwner) => call<Me>("POST", "/auth/register", { body: owner }) });
}
