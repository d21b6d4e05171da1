import { queryOptions } from "@tanstack/react-query";
import { call } from "@/api/http";
import type { MailAccount } from "@/api/types";

export const accountsQuery = queryOptions({
  queryKey: ["mail-accounts"],
  queryFn: ({ signal }) => call<{ items: MailAccount[] }>("GET", "/mail-accounts", { signal }),
});
