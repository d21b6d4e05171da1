import { queryOptions } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";

/** Whether 2-step login is on, and how many recovery codes are left. */
export const totpQuery = queryOptions({
  queryKey: ["auth", "totp"],
  queryFn: ({ signal }) => bodyOf(api.GET("/api/auth/totp", { signal })),
});
