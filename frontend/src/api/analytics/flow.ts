import { queryOptions } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";
import type { components } from "@/api/schema";
import type { FigureFilter } from "./filter";

export type Flow = components["schemas"]["Flow"];
export type FlowNode = Flow["nodes"][number]["id"];

export const flowQuery = (filter: FigureFilter) =>
  queryOptions({
    queryKey: ["analytics", "flow", filter],
    queryFn: ({ signal }) => bodyOf(api.GET("/api/analytics/flow", { params: { query: filter }, signal })) as Promise<Flow>,
  });
