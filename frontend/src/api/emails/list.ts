import { queryOptions } from "@tanstack/react-query";
import { call } from "@/api/http";
import type { Email, Page } from "@/api/types";

export const applicationEmailsQuery = (applicationId: number) =>
  queryOptions({
    queryKey: ["emails", "of", applicationId],
    queryFn: ({ signal }) => call<Page<Email>>("GET", "/emails", { query: { application_id: applicationId, limit: 100 }, signal }),
    staleTime: 15_000,
  });
