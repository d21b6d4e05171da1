import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";

export function useRemoveInterview(applicationId: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) =>
      bodyOf(
        api.DELETE("/api/applications/{application_id}/interviews/{interview_id}", {
          params: { path: { application_id: applicationId, interview_id: id } },
        }),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: ["applications"] }),
  });
}
