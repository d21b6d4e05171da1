import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";

export const settingsQuery = queryOptions({
  queryKey: ["auth", "settings"],
  queryFn: ({ signal }) => bodyOf(api.GET("/api/settings", { signal })),
  staleTime: 300_000,
});

/** Keeps one preference with the account; shown at once, and asked for again when it was not accepted. */
export function useSetPreference() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ name, value }: { name: string; value: unknown }) => bodyOf(api.PATCH("/api/settings", { body: { preferences: { [name]: value } } })),
    onMutate: async ({ name, value }) => {
      await client.cancelQueries({ queryKey: settingsQuery.queryKey });
      client.setQueryData(settingsQuery.queryKey, (old) => old && { ...old, preferences: { ...old.preferences, [name]: value } });
    },
    onSuccess: (settings) => {
      client.setQueryData(settingsQuery.queryKey, settings);
    },
    onError: () => client.invalidateQueries({ queryKey: settingsQuery.queryKey }),
  });
}
