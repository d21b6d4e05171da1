import { queryOptions } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";
import type { WeeklyReport } from "@/api/types";

export interface Period {
  from?: string | undefined;
  to?: string | undefined;
}

/** What was applied for in which week. */
export const weeklyQuery = ({ from, to }: Period) =>
  queryOptions({
    queryKey: ["applications", "weekly", from ?? "", to ?? ""],
    queryFn: ({ signal }) =>
      bodyOf(api.GET("/api/reports/weekly", { params: { query: { from: from ?? null, to: to ?? null } }, signal })) as Promise<WeeklyReport>,
    placeholderData: (previous) => previous,
  });

/** Where the same report is a table. */
export function weeklyCsvAddress({ from, to }: Period): string {
  const query = new URLSearchParams(Object.entries({ from, to }).filter((one): one is [string, string] => Boolean(one[1])));
  return `/api/reports/weekly.csv${query.size > 0 ? `?${query}` : ""}`;
}
