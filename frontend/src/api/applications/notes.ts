import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";
import type { Note } from "@/api/types";
import { applicationQuery } from "./one";

const byAge = (a: Note, b: Note): number => b.created_at.localeCompare(a.created_at) || b.id - a.id;

/** Writes, changes and deletes the notes of one application; the story shows each at once. */
export function useNotes(applicationId: number) {
  const client = useQueryClient();
  const key = applicationQuery(applicationId).queryKey;
  const path = { application_id: applicationId };
  const change = (how: (notes: Note[]) => Note[]) => {
    client.setQueryData(key, (old) => old && { ...old, notes: how(old.notes).sort(byAge) });
  };
  const onSettled = () => client.invalidateQueries({ queryKey: ["applications"], predicate: (q) => q.queryKey[2] === applicationId });
  const add = useMutation({
    mutationFn: (text: string) => bodyOf(api.POST("/api/applications/{application_id}/notes", { params: { path }, body: { text } })),
    onSuccess: (note) => {
      change((notes) => [note, ...notes.filter((n) => n.id !== note.id)]);
    },
    onSettled,
  });
  const edit = useMutation({
    mutationFn: ({ id, text }: { id: number; text: string }) =>
      bodyOf(api.PATCH("/api/applications/{application_id}/notes/{note_id}", { params: { path: { ...path, note_id: id } }, body: { text } })),
    onMutate: ({ id, text }) => {
      change((notes) => notes.map((n) => (n.id === id ? { ...n, text } : n)));
    },
    onSettled,
  });
  const remove = useMutation({
    mutationFn: (note: Note) => bodyOf(api.DELETE("/api/applications/{application_id}/notes/{note_id}", { params: { path: { ...path, note_id: note.id } } })),
    onMutate: (note) => {
      change((notes) => notes.filter((n) => n.id !== note.id));
    },
    onSettled,
  });
  return { add, edit, remove };
}
