import { Button, Modal, Select, TextInput } from "@mantine/core";
import { useState } from "react";
import { useAddReminder } from "@/api/reminders/add";
import { useRemoveReminder } from "@/api/reminders/remove";
import { InlineProblem } from "@/components/States";
import { useToasts } from "@/components/Toaster";
import { en } from "@/i18n/en";
import { morningIn } from "@/lib/snooze";
import classes from "./Forms.module.css";

/** Follow up in so many days; `worthAskingIn` days most answers that come have come, which is then what is offered first. */
export function ReminderForm({ applicationId, company, worthAskingIn, onClose }: { applicationId: number; company: string; worthAskingIn: number | null; onClose: () => void }) {
  const [text, setText] = useState<string>(en.plans.remindDefault(company));
  const [days, setDays] = useState(worthAskingIn === null ? "7" : String(worthAskingIn));
  const choices = en.plans.remindDays.map(([value, label]) => ({ value, label }));
  const offered =
    worthAskingIn === null
      ? choices
      : [{ value: String(worthAskingIn), label: en.plans.remindWhenAnswered(worthAskingIn) }, ...choices.filter((c) => c.value !== String(worthAskingIn))];
  const add = useAddReminder();
  const remove = useRemoveReminder();
  const toasts = useToasts();
  return (
    <Modal opened onClose={onClose} title={en.plans.remindTitle} closeButtonProps={{ "aria-label": en.actions.close }}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          add.mutate(
            { applicationId, text: text.trim(), due_at: morningIn(Number(days)) },
            {
              onSuccess: ({ id }) => {
                toasts.say(en.plans.reminderSet, () => {
                  remove.mutate({ applicationId, id }, { onError: toasts.fail });
                });
                onClose();
              },
            },
          );
        }}
      >
        <TextInput
          label={en.plans.remindText}
          value={text}
          maxLength={300}
          data-autofocus
          onChange={(event) => {
            setText(event.currentTarget.value);
          }}
        />
        <Select
          label={en.plans.remindIn}
          data={offered}
          value={days}
          allowDeselect={false}
          onChange={(next) => {
            if (next) setDays(next);
          }}
        />
        <InlineProblem error={add.error} />
        <div className={classes.foot}>
          <Button type="submit" disabled={text.trim() === ""} loading={add.isPending}>
            {en.plans.remind}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
