import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";

export const duplicatesQuery = queryOptions({
  queryKey: ["applications", "duplicates"],
  queryFn: ({ signal }) => bodyOf(api.GET("/api/applications/duplicates", { params: { query: { limit: 50 } }, signal })),
});

/** Says that two applications are not the same. */
export function useDismissDuplicate() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (ids: number[]) => bodyOf(api.POST("/api/applications/duplicates/dismiss", { body: { ids } })),
    onSettled: () => client.invalidateQueries({ queryKey: ["applications"] }),
  });
}
