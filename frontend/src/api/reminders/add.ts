import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";

export function useAddReminder() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ applicationId, ...body }: { applicationId: number; text: string; due_at: string }) =>
      bodyOf(api.POST("/api/applications/{application_id}/reminders", { params: { path: { application_id: applicationId } }, body })),
    onSettled: () => client.invalidateQueries({ queryKey: ["applications"] }),
  });
}
