import { useMutation, useQueryClient, type InfiniteData, type QueryClient } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";
import type { Application, ApplicationDetail, ApplicationPatch, Page } from "@/api/types";
import { applicationQuery } from "./one";

/** Writes a changed application wherever the page holds it, so that list and story agree at once. */
export function mergeApplication(client: QueryClient, id: number, change: Partial<ApplicationDetail>): void {
  client.setQueryData<ApplicationDetail>(applicationQuery(id).queryKey, (old) => old && { ...old, ...change });
  client.setQueriesData<InfiniteData<Page<Application>>>({ queryKey: ["applications", "list"] }, (old) =>
    old && {
      ...old,
      pages: old.pages.map((page) => ({
        ...page,
        items: page.items.map((item) => (item.id === id ? { ...item, ...change } : item)),
      })),
    },
  );
}

/** The fields as the application will show them, null for one that was cleared; the date of a change is not one of them. */
function withoutDate(change: ApplicationPatch): Partial<ApplicationDetail> {
  const entries = Object.entries(change).filter(([name, value]) => name !== "at" && value !== undefined);
  return Object.fromEntries(entries) as Partial<ApplicationDetail>;
}

/** Changes fields or the stage. Shown before the server answers, taken back when it says no. */
export function usePatchApplication(id: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: ApplicationPatch) => bodyOf(api.PATCH("/api/applications/{application_id}", { params: { path: { application_id: id } }, body: change })) as Promise<ApplicationDetail>,
    onMutate: async (change) => {
      await client.cancelQueries({ queryKey: ["applications"] });
      const before = client.getQueryData<ApplicationDetail>(applicationQuery(id).queryKey);
      mergeApplication(client, id, withoutDate(change));
      return { before };
    },
    onError: (_error, _change, context) => {
      if (context?.before) mergeApplication(client, id, context.before);
    },
    onSuccess: (application) => {
      mergeApplication(client, id, application);
    },
    onSettled: () => client.invalidateQueries({ queryKey: ["applications"] }),
  });
}
