import { queryOptions } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";

/** Every host that was contacted for this person or for the installation, last contacted first. */
export const egressQuery = queryOptions({
  queryKey: ["egress"],
  queryFn: ({ signal }) => bodyOf(api.GET("/api/egress", { params: { query: { limit: 100 } }, signal })),
});
