import { queryOptions } from "@tanstack/react-query";
import { call } from "@/api/http";
import type { EmailDetail } from "@/api/types";

export const emailQuery = (id: number) =>
  queryOptions({
    queryKey: ["emails", "one", id],
    queryFn: ({ signal }) => call<EmailDetail>("GET", `/emails/${id}`, { signal }),
    staleTime: 60_000,
  });
