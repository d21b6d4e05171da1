import { useMutation, useQueryClient } from "@tanstack/react-query";
import { withoutLine } from "@/api/agenda/action";
import { agendaQuery } from "@/api/agenda/get";
import { api, bodyOf } from "@/api/client";
import type { ReminderPatch } from "@/api/types";

interface Wish {
  applicationId: number;
  id: number;
  change: { done?: boolean; snoozed_until?: string | null };
}

/** Done, or put off. */
export function useChangeReminder() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ applicationId, id, change }: Wish) =>
      bodyOf(
        api.PATCH("/api/applications/{application_id}/reminders/{reminder_id}", {
          params: { path: { application_id: applicationId, reminder_id: id } },
          body: change as ReminderPatch, // what is left out stays as it is
        }),
      ),
    onMutate: async ({ id, change }) => {
      await client.cancelQueries({ queryKey: agendaQuery.queryKey });
      const before = client.getQueryData(agendaQuery.queryKey);
      if (before && (change.done === true || change.snoozed_until)) client.setQueryData(agendaQuery.queryKey, withoutLine(before, "reminder", id));
      return { before };
    },
    onError: (_error, _wish, context) => {
      if (context?.before) client.setQueryData(agendaQuery.queryKey, context.before);
    },
    onSettled: () => client.invalidateQueries({ queryKey: ["applications"] }),
  });
}
