import { queryOptions } from "@tanstack/react-query";
import { call } from "@/api/http";
import type { Stats } from "@/api/types";

export const statsQuery = queryOptions({
  queryKey: ["applications", "stats"],
  queryFn: ({ signal }) => call<Stats>("GET", "/stats", { signal }),
});
