import { queryOptions } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";
import type { operations } from "@/api/schema";
import type { Application, Page } from "@/api/types";

export type ApplicationFilter = Omit<NonNullable<operations["list_applications"]["parameters"]["query"]>, "offset" | "limit">;
export type Sort = NonNullable<ApplicationFilter["sort"]>;
export const PAGE = 100;

/** The hundred applications of a filtered list that begin at `number` hundreds. Each hundred is kept, and fetched again, by itself. */
export const applicationsQuery = (filter: ApplicationFilter, number = 0) =>
  queryOptions({
    queryKey: ["applications", "list", filter, number],
    queryFn: ({ signal }) =>
      bodyOf(api.GET("/api/applications", { params: { query: { ...filter, offset: number * PAGE, limit: PAGE } }, signal })) as Promise<Page<Application>>,
    // Those far out of sight are let go soon: a long list is fetched again faster than it is carried.
    gcTime: 60_000,
  });
