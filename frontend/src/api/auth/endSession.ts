import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { sessionsQuery } from "./sessions";

/** Signs one client out; without an id, all but this one. */
export function useEndSession() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (id?: number) => {
      if (id === undefined) await api.DELETE("/api/auth/sessions");
      else await api.DELETE("/api/auth/sessions/{session_id}", { params: { path: { session_id: id } } });
    },
    onSettled: () => client.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
  });
}
