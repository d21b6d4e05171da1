import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";

export function useRemoveReminder() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ applicationId, id }: { applicationId: number; id: number }) => {
      await api.DELETE("/api/applications/{application_id}/reminders/{reminder_id}", {
        params: { path: { application_id: applicationId, reminder_id: id } },
      });
    },
    onSettled: () => client.invalidateQueries({ queryKey: ["applications"] }),
  });
}
