import { useMutation, useQueryClient, type InfiniteData, type QueryClient } from "@tanstack/react-query";
import { call } from "@/api/http";
import type { Application, ApplicationDetail, ApplicationPatch, Page, PatchedApplication } from "@/api/types";
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

/** Changes fields or the stage. Shown before the server answers, taken back when it says no. */
export function usePatchApplication(id: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: ApplicationPatch) => call<PatchedApplication>("PATCH", `/applications/${id}`, { body: change }),
    onMutate: async (change) => {
      await client.cancelQueries({ queryKey: ["applications"] });
      const before = client.getQueryData<ApplicationDetail>(applicationQuery(id).queryKey);
      const shown: Partial<ApplicationDetail> & Pick<ApplicationPatch, "at"> = { ...change };
      delete shown.at;
      mergeApplication(client, id, shown);
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
