import { Button, Modal, Select, TextInput } from "@mantine/core";
import { useState } from "react";
import { useAddReminder } from "@/api/reminders/add";
import { useRemoveReminder } from "@/api/reminders/remove";
import { InlineProblem } from "@/components/States";
import { useToasts } from "@/components/Toaster";
import { en } from "@/i18n/en";
import { morningIn } from "@/lib/snooze";
import classes from "./Forms.module.css";

/** Follow up in so many days. */
export function ReminderForm({ applicationId, company, onClose }: { applicationId: number; company: string; onClose: () => void }) {
  const [text, setText] = useState<string>(en.plans.remindDefault(company));
  const [days, setDays] = useState("7");
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
          data={en.plans.remindDays.map(([value, label]) => ({ value, label }))}
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
