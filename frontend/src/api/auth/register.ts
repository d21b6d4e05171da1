import { useMutation } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";

export interface NewOwner {
  username: string;
  password: string;
  time_zone: string;
  setup_code?: string;
}

export function useRegister() {
  return useMutation({ mutationFn: (owner: NewOwner) => bodyOf(api.POST("/api/auth/register", { body: owner })) });
}
