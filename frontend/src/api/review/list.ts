import { queryOptions } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";
import type { EmailDetail, Page, Question, Sample } from "@/api/types";

/** What Jobtrail is unsure about, costliest first; mails alike come with their first. */
export const reviewQuery = queryOptions({
  queryKey: ["review", "questions"],
  queryFn: ({ signal }) => bodyOf(api.GET("/api/review", { params: { query: { limit: 50 } }, signal })) as Promise<Page<Question>>,
});

/** Mails that Jobtrail is sure of, and how many of those checked so far were right. */
export const sampleQuery = queryOptions({
  queryKey: ["review", "sample"],
  queryFn: ({ signal }) => bodyOf(api.GET("/api/review/sample", { signal })) as Promise<Omit<Sample, "items"> & { items: EmailDetail[] }>,
});
