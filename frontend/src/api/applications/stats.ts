import { queryOptions } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";

export const statsQuery = queryOptions({
  queryKey: ["applications", "stats"],
  queryFn: ({ signal }) => bodyOf(api.GET("/api/stats", { signal })),
});
