import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "@/api/http";
import { runsQuery } from "@/api/runs/list";
import type { Started } from "@/api/types";

export function useAddDemo() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => call<Started>("POST", "/demo"),
    onSettled: () => client.invalidateQueries({ queryKey: runsQuery.queryKey }),
  });
}

export function useRemoveDemo() {
  const client = useQueryClient();
  return useMutation({ mutationFn: () => call<unknown>("DELETE", "/demo"), onSettled: () => client.invalidateQueries() });
}
