import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";
import type { ClassifierPatch } from "@/api/types";

/** Who reads mail, which model is configured, and today's budget. Keys never come with it. */
export const llmSettingsQuery = queryOptions({
  queryKey: ["llm", "settings"],
  queryFn: ({ signal }) => bodyOf(api.GET("/api/settings/llm", { signal })),
});

export function useChangeLlmSettings() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: ClassifierPatch) => bodyOf(api.PATCH("/api/settings/llm", { body })),
    onSuccess: (saved) => {
      client.setQueryData(llmSettingsQuery.queryKey, saved);
      void client.invalidateQueries({ queryKey: ["reprocess"] });
    },
  });
}
