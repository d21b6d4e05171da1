import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, bodyOf } from "@/api/client";
import type { EmailClass } from "@/api/types";

/** What a person says about a mail, and about the mails alike in `also`. */
export type Answer =
  | { kind: "class"; emailClass: EmailClass; also: number[] }
  | { kind: "later"; also: number[] }
  | { kind: "application"; applicationId: number }
  | { kind: "new" };

function send(id: number, answer: Answer) {
  const path = { email_id: id };
  if (answer.kind === "new") return api.POST("/api/emails/{email_id}/link", { params: { path }, body: { new: true } });
  const said =
    answer.kind === "application"
      ? { action: "correct" as const, application_id: answer.applicationId, also: [] }
      : answer.kind === "later"
        ? { action: "later" as const, also: answer.also }
        : { action: "correct" as const, email_class: answer.emailClass, also: answer.also };
  return api.POST("/api/review/{email_id}", { params: { path }, body: { ...said, entities: {} } });
}

/** Answers for one mail; everything that is computed from mail is asked for again. */
export function useAnswer() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, answer }: { id: number; answer: Answer }) => bodyOf(send(id, answer)),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: ["applications"] });
      void client.invalidateQueries({ queryKey: ["emails"] });
    },
  });
}

/** Says what one of the mails of the sample is. */
export function useCheck() {
  return useMutation({
    mutationFn: ({ id, emailClass }: { id: number; emailClass: EmailClass }) =>
      bodyOf(api.POST("/api/review/sample", { body: { email_id: id, email_class: emailClass } })),
  });
}
