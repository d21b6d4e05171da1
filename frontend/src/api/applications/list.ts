import { infiniteQueryOptions } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";
import type { operations } from "@/api/schema";
import type { Application, Page } from "@/api/types";

export type ApplicationFilter = Omit<NonNullable<operations["list_applications"]["parameters"]["query"]>, "offset" | "limit">;
export type Sort = NonNullable<ApplicationFilter["sort"]>;
const PAGE = 100;

export const applicationsQuery = (filter: ApplicationFilter) =>
  infiniteQueryOptions({
    queryKey: ["applications", "list", filter],
    queryFn: ({ pageParam, signal }) =>
      bodyOf(api.GET("/api/applications", { params: { query: { ...filter, offset: pageParam, limit: PAGE } }, signal })) as Promise<Page<Application>>,
    initialPageParam: 0,
    getNextPageParam: (last) => (last.offset + last.items.length < last.total && last.items.length > 0 ? last.offset + last.items.length : undefined),
    placeholderData: (previous) => previous,
  });
