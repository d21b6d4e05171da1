import { useMutation } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { ApplicationFilter } from "@/api/applications/list";
import type { CsvWish } from "@/api/types";

/** The filtered applications as a file, and the name that the server gives it. */
export function useExportCsv() {
  return useMutation({
    mutationFn: async ({ filter, separator }: { filter: ApplicationFilter; separator: "," | ";" }) => {
      const { data, response } = await api.POST("/api/v1/exports/csv", { params: { query: filter }, body: { separator } as CsvWish, parseAs: "blob" });
      const name = /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition") ?? "")?.[1];
      return { blob: data as unknown as Blob, name: name ?? "jobtrail-applications.csv" };
    },
  });
}
