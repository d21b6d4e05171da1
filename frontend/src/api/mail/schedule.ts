import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";
import type { Schedule } from "@/api/types";

export const scheduleQuery = (account: number) =>
  queryOptions({
    queryKey: ["mail-accounts", account, "schedule"],
    queryFn: ({ signal }) => bodyOf(api.GET("/api/mail-accounts/{account_id}/schedule", { params: { path: { account_id: account } }, signal })),
  });

/** Switches the schedule on or off, or changes its pace. Shown before the server answers, taken back when it says no. */
export function useChangeSchedule(account: number) {
  const client = useQueryClient();
  const { queryKey } = scheduleQuery(account);
  return useMutation({
    mutationFn: (change: { enabled?: boolean; every_minutes?: number }) =>
      bodyOf(api.PATCH("/api/mail-accounts/{account_id}/schedule", { params: { path: { account_id: account } }, body: change })),
    onMutate: (change) => {
      const before = client.getQueryData<Schedule>(queryKey);
      if (before && change.enabled !== undefined) client.setQueryData<Schedule>(queryKey, { ...before, enabled: change.enabled });
      return { before };
    },
    onError: (_error, _change, context) => {
      if (context?.before) client.setQueryData(queryKey, context.before);
    },
    onSuccess: (schedule) => {
      client.setQueryData(queryKey, schedule);
    },
  });
}
