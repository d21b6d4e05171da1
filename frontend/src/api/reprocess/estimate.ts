import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";
import { whole } from "./start";
import type { ReprocessEstimate, ReprocessRequest } from "@/api/types";

/** What reading this mail again would take; nothing is changed. */
export const estimateQuery = (request: ReprocessRequest) =>
  queryOptions({
    queryKey: ["reprocess", "estimate", request],
    queryFn: ({ signal }) => bodyOf(api.POST("/api/reprocess/start", { body: { ...whole(request), dry_run: true }, signal })) as Promise<ReprocessEstimate>,
    placeholderData: keepPreviousData,
  });
