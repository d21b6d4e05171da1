import { queryOptions } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";

export const accountsQuery = queryOptions({
  queryKey: ["mail-accounts"],
  queryFn: ({ signal }) => bodyOf(api.GET("/api/mail-accounts", { signal })),
});
