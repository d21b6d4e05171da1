import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";
import type { ImapConnect } from "@/api/types";
import { accountsQuery } from "./accounts";

/** Where the provider of an address keeps mail, and which password it wants. */
export const imapPresetQuery = (address: string) =>
  queryOptions({
    queryKey: ["imap-preset", address.slice(address.lastIndexOf("@") + 1).toLowerCase()],
    queryFn: ({ signal }) => bodyOf(api.GET("/api/mail-accounts/imap/presets", { params: { query: { address } }, signal })),
    staleTime: Infinity,
  });

/** Tries the mailbox, and keeps the account only when it opens. */
export function useConnectImap() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (mailbox: ImapConnect) => bodyOf(api.POST("/api/mail-accounts/imap", { body: mailbox })),
    onSuccess: () => client.invalidateQueries({ queryKey: accountsQuery.queryKey }),
  });
}
