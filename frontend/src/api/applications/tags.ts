import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";
import { mergeApplication } from "./cache";

export const tagsQuery = queryOptions({
  queryKey: ["applications", "tags"],
  queryFn: async ({ signal }) => (await bodyOf(api.GET("/api/tags", { signal }))).items,
  staleTime: 30_000,
});

/** Puts a word on an application, or takes it off; shown at once. */
export function useTag(applicationId: number, tags: readonly string[]) {
  const client = useQueryClient();
  const show = (next: string[]) => {
    mergeApplication(client, applicationId, { tags: next });
  };
  const onSettled = () => client.invalidateQueries({ queryKey: ["applications"] });
  const path = { application_id: applicationId };
  const add = useMutation({
    mutationFn: (name: string) => bodyOf(api.POST("/api/applications/{application_id}/tags", { params: { path }, body: { name } })),
    onMutate: (name) => {
      show([...tags.filter((tag) => tag !== name), name]);
    },
    onError: () => {
      show([...tags]);
    },
    onSettled,
  });
  const remove = useMutation({
    mutationFn: async (name: string) => {
      const held = await bodyOf(api.GET("/api/applications/{application_id}/tags", { params: { path } }));
      const tag = held.find((each) => each.name === name);
      if (tag) await bodyOf(api.DELETE("/api/applications/{application_id}/tags/{tag_id}", { params: { path: { ...path, tag_id: tag.id } } }));
    },
    onMutate: (name) => {
      show(tags.filter((tag) => tag !== name));
    },
    onError: () => {
      show([...tags]);
    },
    onSettled,
  });
  return { add, remove };
}
