import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";
import { forgetMail } from "./forgetMail";

export function useRemoveAccount() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, emails }: { id: number; emails: "keep" | "delete" }) =>
      bodyOf(api.DELETE("/api/mail-accounts/{account_id}", { params: { path: { account_id: id }, query: { emails } } })),
    onSettled: () => forgetMail(client),
  });
}
