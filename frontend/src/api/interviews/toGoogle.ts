import { useMutation } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";

/** Writes an interview into Google's calendar as it stands now. */
export function useWriteToGoogle(applicationId: number) {
  return useMutation({
    mutationFn: (id: number) =>
      bodyOf(
        api.POST("/api/applications/{application_id}/interviews/{interview_id}/google-calendar", {
          params: { path: { application_id: applicationId, interview_id: id } },
        }),
      ),
  });
}
