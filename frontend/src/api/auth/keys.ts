import { queryOptions } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";

export const keysQuery = queryOptions({
  queryKey: ["auth", "keys"],
  queryFn: ({ signal }) => bodyOf(api.GET("/api/api-keys", { params: { query: { limit: 100 } }, signal })),
});
