import { queryOptions } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";
import type { BoardColumn } from "@/api/types";
import type { ApplicationFilter } from "./list";

export type BoardFilter = Omit<ApplicationFilter, "sort">;

/** How many of the filtered applications stand at each stage, and for how long. */
export const boardQuery = (filter: BoardFilter) =>
  queryOptions({
    queryKey: ["applications", "board", filter],
    queryFn: async ({ signal }) => (await bodyOf(api.GET("/api/applications/board", { params: { query: filter }, signal }))).columns as BoardColumn[],
    placeholderData: (previous) => previous,
  });
