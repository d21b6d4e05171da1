import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";
import type { SavedView } from "@/api/types";

export const viewsQuery = queryOptions({
  queryKey: ["views"],
  queryFn: async ({ signal }) => (await bodyOf(api.GET("/api/saved-views", { signal }))).items,
  staleTime: 60_000,
});

/** Keeps a filter under a name, changes the name, forgets it. */
export function useViews() {
  const client = useQueryClient();
  const onSettled = () => client.invalidateQueries({ queryKey: viewsQuery.queryKey });
  const save = useMutation({
    mutationFn: (view: { name: string; query: string }) => bodyOf(api.POST("/api/saved-views", { body: view })),
    onSettled,
  });
  const rename = useMutation({
    mutationFn: ({ id, name, query, position }: SavedView) =>
      bodyOf(api.PATCH("/api/saved-views/{view_id}", { params: { path: { view_id: id } }, body: { name, query, position } })),
    onMutate: (changed) => {
      client.setQueryData(viewsQuery.queryKey, (views) => views?.map((view) => (view.id === changed.id ? changed : view)));
    },
    onSettled,
  });
  const forget = useMutation({
    mutationFn: (id: number) => bodyOf(api.DELETE("/api/saved-views/{view_id}", { params: { path: { view_id: id } } })),
    onMutate: (id) => {
      client.setQueryData(viewsQuery.queryKey, (views) => views?.filter((view) => view.id !== id));
    },
    onSettled,
  });
  return { save, rename, forget };
}
