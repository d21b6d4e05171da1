import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";
import type { TemplateKey } from "@/api/types";
import { templatesQuery } from "./templates";

/** Changes templates; null goes back to the shipped one. */
export function usePutTemplates() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (templates: Partial<Record<TemplateKey, string | null>>) => bodyOf(api.PUT("/api/templates", { body: { templates } })),
    onSuccess: (saved) => {
      client.setQueryData(templatesQuery.queryKey, saved);
      void client.invalidateQueries({ queryKey: ["applications", "reply"] });
    },
  });
}
