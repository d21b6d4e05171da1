import { queryOptions } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";

export const authStatusQuery = queryOptions({
  queryKey: ["auth", "status"],
  queryFn: ({ signal }) => bodyOf(api.GET("/api/auth/status", { signal })),
  staleTime: 60_000,
});
