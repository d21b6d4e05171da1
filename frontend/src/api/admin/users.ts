import { infiniteQueryOptions } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";

const SIZE = 50;

/** Everybody with an account here, page by page. For administrators. */
export const usersQuery = infiniteQueryOptions({
  queryKey: ["admin", "users"],
  queryFn: ({ pageParam, signal }) => bodyOf(api.GET("/api/admin/users", { params: { query: { offset: pageParam, limit: SIZE } }, signal })),
  initialPageParam: 0,
  getNextPageParam: (last) => (last.offset + last.items.length < last.total ? last.offset + last.items.length : undefined),
});
