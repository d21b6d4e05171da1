import { queryOptions } from "@tanstack/react-query";
import { call } from "@/api/http";
import type { ApplicationDetail } from "@/api/types";

export const applicationQuery = (id: number) =>
  queryOptions({
    queryKey: ["applications", "one", id],
    queryFn: ({ signal }) => call<ApplicationDetail>("GET", `/applications/${id}`, { signal }),
    staleTime: 15_000,
  });
