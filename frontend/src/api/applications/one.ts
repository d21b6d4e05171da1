import { queryOptions } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";
import type { ApplicationDetail } from "@/api/types";

export const applicationQuery = (id: number) =>
  queryOptions({
    queryKey: ["applications", "one", id],
    queryFn: ({ signal }) => bodyOf(api.GET("/api/applications/{application_id}", { params: { path: { application_id: id } }, signal })) as Promise<ApplicationDetail>,
    staleTime: 15_000,
  });
