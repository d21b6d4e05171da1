import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";
import { doctorQuery } from "@/api/doctor";
import { gmailHealthQuery } from "./gmailHealth";

/** Hands over Google's client, as it was downloaded; the server checks it and keeps it. */
export function useKeepGmailClient() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (file: Record<string, unknown>) => bodyOf(api.PUT("/api/v1/gmail/client", { body: file })),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: gmailHealthQuery.queryKey }),
        client.invalidateQueries({ queryKey: doctorQuery.queryKey }),
      ]),
  });
}
