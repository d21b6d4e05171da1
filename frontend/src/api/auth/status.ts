import { queryOptions } from "@tanstack/react-query";
import { call } from "@/api/http";
import type { AuthStatus } from "@/api/types";

export const authStatusQuery = queryOptions({
  queryKey: ["auth", "status"],
  queryFn: ({ signal }) => call<AuthStatus>("GET", "/auth/status", { signal }),
  staleTime: 60_000,
});
