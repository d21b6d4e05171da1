import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { csrfToken } from "@/api/client";
import { problemFrom } from "@/api/problem";
import type { Started, TableChoices, TablePreview } from "@/api/types";

/** The file travels as a form, with what the person says about it beside it. */
async function send<T>(path: string, file: File, choices: TableChoices, signal?: AbortSignal): Promise<T> {
  const form = new FormData();
  form.append("file", file);
  form.append("options", JSON.stringify(choices));
  const response = await fetch(path, { method: "POST", credentials: "same-origin", headers: { "X-CSRF-Token": csrfToken() }, body: form, signal: signal ?? null });
  if (!response.ok) throw await problemFrom(response);
  return (await response.json()) as T;
}

/** What each row would become. Asked anew when an answer changes; the old one stands until then. */
export const previewQuery = (file: File | null, choices: TableChoices) =>
  queryOptions({
    queryKey: ["table", file?.name, file?.size, file?.lastModified, choices],
    queryFn: ({ signal }) => send<TablePreview>("/api/imports/csv/preview", file as File, choices, signal),
    enabled: file !== null,
    placeholderData: (previous) => previous,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });

export function useImportTable() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ file, choices }: { file: File; choices: TableChoices }) => send<Started>("/api/imports/csv", file, choices),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: ["runs"] });
    },
  });
}
