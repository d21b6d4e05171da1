import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";
import { runsQuery } from "@/api/runs/list";
import type { ReprocessRequest, Started } from "@/api/types";

/** A request with what was left out. */
export const whole = ({ scope = "all", missed = false, ...rest }: ReprocessRequest) => ({ ...rest, scope, missed, dry_run: false });

export function useStartReprocess() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (request: ReprocessRequest) => bodyOf(api.POST("/api/reprocess/start", { body: whole(request) })) as Promise<Started>,
    onSuccess: () => client.invalidateQueries({ queryKey: runsQuery.queryKey }),
  });
}
