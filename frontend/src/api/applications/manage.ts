import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";
import type { ApplicationDetail, BulkAction, NewApplication } from "@/api/types";
import { dropApplications, restore, snapshot } from "./cache";

const MOST_AT_ONCE = 100;

/** Makes an application by hand. */
export function useCreateApplication() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (fields: NewApplication) => bodyOf(api.POST("/api/applications", { body: fields })),
    onSettled: () => client.invalidateQueries({ queryKey: ["applications"] }),
  });
}

export type PutAside = "archive" | "restore" | "delete";

function putAside(id: number, how: PutAside): Promise<ApplicationDetail> {
  const params = { path: { application_id: id } };
  if (how === "delete") return bodyOf(api.DELETE("/api/applications/{application_id}", { params })) as Promise<ApplicationDetail>;
  if (how === "archive") return bodyOf(api.POST("/api/applications/{application_id}/archive", { params })) as Promise<ApplicationDetail>;
  return bodyOf(api.POST("/api/applications/{application_id}/restore", { params })) as Promise<ApplicationDetail>;
}

/** Puts an application away, brings it back, deletes it. It leaves the lists at once, and comes back when refused. */
export function usePutAside() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, how }: { id: number; how: PutAside }) => putAside(id, how),
    onMutate: async ({ id }) => {
      await client.cancelQueries({ queryKey: ["applications"] });
      const before = snapshot(client);
      dropApplications(client, [id]);
      return before;
    },
    onError: (_error, _what, before) => {
      if (before) restore(client, before);
    },
    onSettled: () => client.invalidateQueries({ queryKey: ["applications"] }),
  });
}

/** What became of each of many; `decisionIds` take back what went well. */
export interface BulkResult {
  done: number;
  failed: { id: number; detail: string }[];
  decisionIds: number[];
}

/** Does one thing to many applications, a hundred at a time. */
export function useBulk() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ ids, action }: { ids: readonly number[]; action: BulkAction }): Promise<BulkResult> => {
      const result: BulkResult = { done: 0, failed: [], decisionIds: [] };
      for (let from = 0; from < ids.length; from += MOST_AT_ONCE) {
        const { items } = await bodyOf(api.POST("/api/applications/bulk", { body: { ids: ids.slice(from, from + MOST_AT_ONCE), ...action } }));
        for (const item of items) {
          if (item.ok) result.done += 1;
          else result.failed.push({ id: item.id, detail: item.error?.detail ?? "" });
          result.decisionIds.push(...item.decision_ids);
        }
      }
      return result;
    },
    onSettled: () => client.invalidateQueries({ queryKey: ["applications"] }),
  });
}

/** Makes one application of several; the first is kept. */
export function useMerge() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (ids: number[]) => bodyOf(api.POST("/api/applications/merge", { body: { ids } })),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: ["applications"] });
      void client.invalidateQueries({ queryKey: ["emails"] });
    },
  });
}

/** Makes an application of its own of some of the mail. */
export function useSplit() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, emailIds }: { id: number; emailIds: number[] }) =>
      bodyOf(api.POST("/api/applications/{application_id}/split", { params: { path: { application_id: id } }, body: { email_ids: emailIds } })),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: ["applications"] });
      void client.invalidateQueries({ queryKey: ["emails"] });
    },
  });
}

export const decisionsQuery = (applicationId: number) =>
  queryOptions({
    queryKey: ["applications", "decisions", applicationId],
    queryFn: async ({ signal }) => (await bodyOf(api.GET("/api/decisions", { params: { query: { application_id: applicationId, limit: 100 } }, signal }))).items,
    staleTime: 5_000,
  });
