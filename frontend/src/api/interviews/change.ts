import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";
import type { InterviewPatch } from "@/api/types";

/** What the person says holds until a newer mail moves the interview. The answer's decision undoes it. */
export function useChangeInterview(applicationId: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, change }: { id: number; change: InterviewPatch }) =>
      bodyOf(
        api.PATCH("/api/applications/{application_id}/interviews/{interview_id}", {
          params: { path: { application_id: applicationId, interview_id: id } },
          body: change,
        }),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: ["applications"] }),
  });
}
