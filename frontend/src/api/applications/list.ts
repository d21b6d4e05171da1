import { infiniteQueryOptions } from "@tanstack/react-query";
import { call } from "@/api/http";
import type { Application, Page } from "@/api/types";

export interface ApplicationFilter {
  stage?: string;
  category?: string;
  source?: string;
  q?: string;
  sort?: string;
}
const PAGE = 100;

export const applicationsQuery = (filter: ApplicationFilter) =>
  infiniteQueryOptions({
    queryKey: ["applications", "list", filter],
    queryFn: ({ pageParam, signal }) =>
      call<Page<Application>>("GET", "/applications", { query: { ...filter, offset: pageParam, limit: PAGE }, signal }),
    initialPageParam: 0,
    getNextPageParam: (last) => (last.offset + last.items.length < last.total && last.items.length > 0 ? last.offset + last.items.length : undefined),
    placeholderData: (previous) => previous,
  });
