import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";
import type { ApplicationFilter } from "@/api/applications/list";
import type { SheetsStanding, SheetsWish, Started } from "@/api/types";

/** What an export to Google Sheets needs, and how the newest one went. */
export const sheetsQuery = queryOptions({
  queryKey: ["sheets"],
  queryFn: ({ signal }) => bodyOf(api.GET("/api/v1/exports/sheets", { signal })) as Promise<SheetsStanding>,
});

export function useExportSheets() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ filter, spreadsheet, sheet }: { filter: ApplicationFilter; spreadsheet: string; sheet: string }): Promise<Started> =>
      bodyOf(api.POST("/api/v1/exports/sheets", { params: { query: filter }, body: { spreadsheet, sheet } as SheetsWish })),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: ["runs"] });
      void client.invalidateQueries({ queryKey: sheetsQuery.queryKey });
    },
  });
}
