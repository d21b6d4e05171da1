import { Button, Checkbox, Modal } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useSplit } from "@/api/applications/manage";
import { useRevokeDecisions } from "@/api/applications/revokeDecision";
import { applicationEmailsQuery } from "@/api/emails/list";
import type { Application } from "@/api/types";
import { companyOf } from "@/components/ApplicationRow";
import { AfterAMoment, Failure } from "@/components/States";
import { useToasts } from "@/components/Toaster";
import { en } from "@/i18n/en";
import { day } from "@/lib/dates";
import classes from "./SplitDialog.module.css";

/** Which of the mail is another application's. At least one stays. */
export function SplitDialog({ application: a, onClose }: { application: Application; onClose: () => void }) {
  const { data, error, refetch } = useQuery(applicationEmailsQuery(a.id));
  const [ids, setIds] = useState<number[]>([]);
  const split = useSplit();
  const revoke = useRevokeDecisions();
  const toasts = useToasts();
  const mails = data?.items ?? [];
  const go = () => {
    split.mutate(
      { id: a.id, emailIds: ids },
      {
        onSuccess: ({ decision_ids, split_off }) => {
          toasts.say(en.manage.splitOff(companyOf(split_off), ids.length), () => {
            revoke.mutate(decision_ids, { onError: toasts.fail });
          });
          onClose();
        },
        onError: toasts.fail,
      },
    );
  };
  return (
    <Modal opened onClose={onClose} title={en.manage.splitTitle(companyOf(a))} size="36rem" closeButtonProps={{ "aria-label": en.actions.close }}>
      <p className={classes.detail}>{en.manage.splitDetail}</p>
      {error && !data ? <Failure error={error} onRetry={() => void refetch()} /> : !data && <AfterAMoment>{en.email.loading}</AfterAMoment>}
      <ul className={classes.list}>
        {mails.map((mail) => (
          <li key={mail.id} className={classes.item}>
            <Checkbox
              checked={ids.includes(mail.id)}
              onChange={(event) => {
                setIds(event.currentTarget.checked ? [...ids, mail.id] : ids.filter((id) => id !== mail.id));
              }}
              label={
                <>
                  <span className={classes.subject} dir="auto">
                    {mail.subject || en.email.noSubject}
                  </span>
                  <span className={classes.from}>
                    {mail.direction === "out" ? en.email.fromYou : mail.sender_name || mail.sender_email}, {day(mail.received_at)}
                  </span>
                </>
              }
            />
          </li>
        ))}
      </ul>
      <div className={classes.foot}>
        <span className={classes.hint} role="status">
          {data && ids.length === mails.length ? en.manage.splitAll : ""}
        </span>
        <Button variant="default" onClick={onClose}>
          {en.actions.cancel}
        </Button>
        <Button disabled={ids.length === 0 || ids.length === mails.length} loading={split.isPending} onClick={go}>
          {en.manage.splitGo}
        </Button>
      </div>
    </Modal>
  );
}
