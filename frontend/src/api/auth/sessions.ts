import { queryOptions } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";

/** Where the account is signed in, last used first. */
export const sessionsQuery = queryOptions({
  queryKey: ["auth", "sessions"],
  queryFn: ({ signal }) => bodyOf(api.GET("/api/auth/sessions", { params: { query: { limit: 100 } }, signal })),
});
