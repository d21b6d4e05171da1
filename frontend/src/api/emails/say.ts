import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";

/** Where a mail belongs: to another application, to a new one, or to none since it is about no job. */
export type Place = { kind: "application"; applicationId: number } | { kind: "new" } | { kind: "no_job" };

function send(id: number, place: Place) {
  const params = { path: { email_id: id } };
  if (place.kind === "no_job") return api.PATCH("/api/emails/{email_id}", { params, body: { email_class: "NOT_JOB_RELATED", entities: {} } });
  const body = place.kind === "new" ? { new: true } : { application_id: place.applicationId, new: false };
  return api.POST("/api/emails/{email_id}/link", { params, body });
}

/** Says where a mail belongs. Everything that is computed from mail is asked for again. */
export function usePlaceMail() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, place }: { id: number; place: Place }) => bodyOf(send(id, place)),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: ["applications"] });
      void client.invalidateQueries({ queryKey: ["emails"] });
      void client.invalidateQueries({ queryKey: ["review"] });
    },
  });
}
