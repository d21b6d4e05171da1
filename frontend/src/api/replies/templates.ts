import { queryOptions } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";

export const templatesQuery = queryOptions({
  queryKey: ["templates"],
  queryFn: ({ signal }) => bodyOf(api.GET("/api/templates", { signal })),
});
