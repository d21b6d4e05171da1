import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";
import type { Agenda } from "@/api/types";
import { agendaQuery } from "./get";

interface Wish {
  id: number;
  /** Done, or put off until then (null wakes it). */
  change: { done: boolean } | { until: string | null };
}

/** Takes a line off the agenda at once; the server's word follows. */
export function withoutLine(agenda: Agenda, kind: Agenda["overdue"][number]["kind"], id: number): Agenda {
  const rest = (lines: Agenda["overdue"]) => lines.filter((line) => line.kind !== kind || line.ref_id !== id);
  return { ...agenda, overdue: rest(agenda.overdue), due_today: rest(agenda.due_today), this_week: rest(agenda.this_week) };
}

/** Says that an action item is done, or puts it off. The answer's decision undoes it. */
export function useChangeAction() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, change }: Wish) => {
      const params = { path: { item_id: id } };
      return "done" in change
        ? bodyOf(api.PATCH("/api/action-items/{item_id}", { params, body: change }))
        : bodyOf(api.POST("/api/action-items/{item_id}/snooze", { params, body: change }));
    },
    onMutate: async ({ id, change }) => {
      await client.cancelQueries({ queryKey: agendaQuery.queryKey });
      const before = client.getQueryData(agendaQuery.queryKey);
      const leaves = "done" in change ? change.done : change.until !== null;
      if (before && leaves) client.setQueryData(agendaQuery.queryKey, withoutLine(before, "action", id));
      return { before };
    },
    onError: (_error, _wish, context) => {
      if (context?.before) client.setQueryData(agendaQuery.queryKey, context.before);
    },
    onSettled: () => client.invalidateQueries({ queryKey: ["applications"] }),
  });
}
