import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";
import type { Person } from "@/api/types";
import { applicationQuery } from "./one";

export interface PersonSaid {
  name: string;
  email: string | null;
  role: string | null;
  phone: string | null;
}

/** The people of one application: added by hand, corrected, taken out. */
export function useContacts(applicationId: number) {
  const client = useQueryClient();
  const key = applicationQuery(applicationId).queryKey;
  const path = { application_id: applicationId };
  const change = (how: (people: Person[]) => Person[]) => {
    client.setQueryData(key, (old) => old && { ...old, contacts: how(old.contacts) });
  };
  const onSettled = () => client.invalidateQueries({ queryKey: key });
  const add = useMutation({
    mutationFn: (said: PersonSaid) => bodyOf(api.POST("/api/applications/{application_id}/contacts", { params: { path }, body: said })),
    onSuccess: (person) => {
      change((people) => [...people.filter((p) => p.id !== person.id), person]);
    },
    onSettled,
  });
  const edit = useMutation({
    mutationFn: ({ id, said }: { id: number; said: PersonSaid }) =>
      bodyOf(api.PATCH("/api/applications/{application_id}/contacts/{contact_id}", { params: { path: { ...path, contact_id: id } }, body: said })),
    onSuccess: (person) => {
      change((people) => people.map((p) => (p.id === person.id ? person : p)));
    },
    onSettled,
  });
  const remove = useMutation({
    mutationFn: (id: number) => bodyOf(api.DELETE("/api/applications/{application_id}/contacts/{contact_id}", { params: { path: { ...path, contact_id: id } } })),
    onMutate: (id) => {
      change((people) => people.filter((p) => p.id !== id));
    },
    onSettled,
  });
  return { add, edit, remove };
}
