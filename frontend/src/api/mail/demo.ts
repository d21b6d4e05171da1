import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";
import { runsQuery } from "@/api/runs/list";
import { forgetMail } from "./forgetMail";

export function useAddDemo() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => bodyOf(api.POST("/api/demo")),
    onSettled: () => client.invalidateQueries({ queryKey: runsQuery.queryKey }),
  });
}

export function useRemoveDemo() {
  const client = useQueryClient();
  return useMutation({ mutationFn: () => bodyOf(api.DELETE("/api/demo")), onSettled: () => forgetMail(client) });
}
