import { queryOptions } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";

export const applicationEmailsQuery = (applicationId: number) =>
  queryOptions({
    queryKey: ["emails", "of", applicationId],
    queryFn: ({ signal }) => bodyOf(api.GET("/api/emails", { params: { query: { application_id: applicationId, limit: 100 } }, signal })),
    staleTime: 15_000,
  });
