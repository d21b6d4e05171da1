import { useMutation } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";
import type { ClassifierPatch } from "@/api/types";

/** One small question to the model that these changes would configure. Nothing is stored, and no mail is sent. */
export function useTestLlm() {
  return useMutation({ mutationFn: (body: ClassifierPatch) => bodyOf(api.POST("/api/settings/llm/test", { body })) });
}
