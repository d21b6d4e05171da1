import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";
import { runsQuery } from "@/api/runs/list";

/** Fetches a message that was left out; with `others` also what was left out of its sender. */
export function useWasJobMail() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ line, others = false }: { line: number; others?: boolean }) =>
      bodyOf(api.POST("/api/emails/ledger/{line_id}/was-job-mail", { params: { path: { line_id: line }, query: { others } } })),
    onSettled: () => client.invalidateQueries({ queryKey: runsQuery.queryKey }),
  });
}
