import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";

export const PREVIEW_AT_ONCE = 50;

/** What would change, newest mail first, and whether reading again is worth it. */
export const previewQuery = (offset = 0) =>
  queryOptions({
    queryKey: ["reprocess", "preview", offset],
    queryFn: ({ signal }) => bodyOf(api.GET("/api/reprocess/preview", { params: { query: { offset, limit: PREVIEW_AT_ONCE } }, signal })),
    placeholderData: keepPreviousData,
  });
