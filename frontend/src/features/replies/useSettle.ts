import { useChangeAction } from "@/api/agenda/action";
import { useRevokeDecisions } from "@/api/applications/revokeDecision";
import { useAddReminder } from "@/api/reminders/add";
import { useChangeReminder } from "@/api/reminders/change";
import { useToasts } from "@/components/Toaster";
import { en } from "@/i18n/en";

export interface Matter {
  kind: "interview" | "action" | "reminder" | "waiting";
  refId: number | null;
  applicationId: number;
  title: string;
}

/** Done and put off, for whatever can be: shown at once, with undo. */
export function useSettle() {
  const toasts = useToasts();
  const action = useChangeAction();
  const reminder = useChangeReminder();
  const addReminder = useAddReminder();
  const revoke = useRevokeDecisions();

  const changeAction = (id: number, change: { done: boolean } | { until: string | null }, said: string) => {
    action.mutate(
      { id, change },
      {
        onSuccess: ({ decision_id }) => {
          toasts.say(said, () => {
            revoke.mutate([decision_id], { onError: toasts.fail });
          });
        },
        onError: toasts.fail,
      },
    );
  };
  const changeReminder = (one: Matter, id: number, change: { done?: boolean; snoozed_until?: string | null }, back: typeof change, said: string) => {
    const wish = { applicationId: one.applicationId, id };
    reminder.mutate(
      { ...wish, change },
      {
        onSuccess: () => {
          toasts.say(said, () => {
            reminder.mutate({ ...wish, change: back }, { onError: toasts.fail });
          });
        },
        onError: toasts.fail,
      },
    );
  };
  return {
    finish: (one: Matter) => {
      if (one.refId === null) return;
      if (one.kind === "action") changeAction(one.refId, { done: true }, en.today.isDone(one.title));
      else if (one.kind === "reminder") changeReminder(one, one.refId, { done: true }, { done: false }, en.today.isDone(one.title));
    },
    putOff: (one: Matter, until: string) => {
      if (one.kind === "action" && one.refId !== null) changeAction(one.refId, { until }, en.today.isOff(one.title));
      else if (one.kind === "reminder" && one.refId !== null) changeReminder(one, one.refId, { snoozed_until: until }, { snoozed_until: null }, en.today.isOff(one.title));
      else if (one.kind === "waiting") {
        addReminder.mutate(
          { applicationId: one.applicationId, text: en.today.followUp, due_at: until },
          {
            onSuccess: () => {
              toasts.say(en.plans.reminderSet);
            },
            onError: toasts.fail,
          },
        );
      }
    },
  };
}
