import { Switch } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { scheduleQuery, useChangeSchedule } from "@/api/mail/schedule";
import type { MailAccount } from "@/api/types";
import { useToasts } from "@/components/Toaster";
import { en } from "@/i18n/en";
import { duration, upcoming } from "@/lib/dates";
import { nameOf } from "./accountNames";
import classes from "./ScheduleSwitch.module.css";

/** Whether the account is read by itself, how often, and when next. */
export function ScheduleSwitch({ account }: { account: MailAccount }) {
  const { data } = useQuery(scheduleQuery(account.id));
  const change = useChangeSchedule(account.id);
  const toasts = useToasts();
  const reading = data?.turns.find((turn) => turn.kind === "sync");
  if (!data || !reading) return <div className={classes.line} />;
  const paced = reading.every_minutes > 0;
  return (
    <div className={classes.line}>
      <Switch
        size="xs"
        checked={data.enabled && paced}
        disabled={!paced}
        aria-label={en.mail.scheduleSwitch(nameOf(account))}
        onChange={(event) => {
          change.mutate({ enabled: event.currentTarget.checked }, { onError: toasts.fail });
        }}
      />
      <span>{data.enabled && paced ? en.mail.scheduled(duration(reading.every_minutes * 60), upcoming(reading.next_due_at)) : en.mail.unscheduled}</span>
    </div>
  );
}
