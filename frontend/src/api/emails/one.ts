import { queryOptions } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";
import type { EmailDetail } from "@/api/types";

export const emailQuery = (id: number) =>
  queryOptions({
    queryKey: ["emails", "one", id],
    queryFn: ({ signal }) => bodyOf(api.GET("/api/emails/{email_id}", { params: { path: { email_id: id } }, signal })) as Promise<EmailDetail>,
    staleTime: 60_000,
  });
