import { queryOptions } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";
import type { TemplateKey } from "@/api/types";

/** How a reply would go: to whom, by which way, and a template filled in. */
export const replyPlanQuery = (applicationId: number, template: TemplateKey | null) =>
  queryOptions({
    queryKey: ["applications", "reply", applicationId, template],
    queryFn: ({ signal }) =>
      bodyOf(
        api.GET("/api/applications/{application_id}/respond", {
          params: { path: { application_id: applicationId }, query: template ? { template } : {} },
          signal,
        }),
      ),
    staleTime: 30_000,
  });
