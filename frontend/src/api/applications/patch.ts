import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";
import type { ApplicationDetail, ApplicationPatch } from "@/api/types";
import { mergeApplication, restore, snapshot } from "./cache";

/** The fields as the application will show them, null for one that was cleared; the date of a change is not one of them. */
function withoutDate(change: ApplicationPatch): Partial<ApplicationDetail> {
  const entries = Object.entries(change).filter(([name, value]) => name !== "at" && value !== undefined);
  return Object.fromEntries(entries) as Partial<ApplicationDetail>;
}

export interface Change {
  id: number;
  change: ApplicationPatch;
}

/** Changes fields or the stage. Shown before the server answers, taken back when it says no. */
export function usePatchApplication() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, change }: Change) =>
      bodyOf(api.PATCH("/api/applications/{application_id}", { params: { path: { application_id: id } }, body: change })) as Promise<ApplicationDetail>,
    onMutate: async ({ id, change }) => {
      await client.cancelQueries({ queryKey: ["applications"] });
      const before = snapshot(client);
      mergeApplication(client, id, { ...withoutDate(change), ...(change.stage ? { days_in_stage: 0 } : {}) });
      return before;
    },
    onError: (_error, _change, before) => {
      if (before) restore(client, before);
    },
    onSuccess: (application, { id }) => {
      mergeApplication(client, id, application);
    },
    onSettled: () => client.invalidateQueries({ queryKey: ["applications"] }),
  });
}
