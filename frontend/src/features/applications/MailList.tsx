import { Skeleton, UnstyledButton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { ArrowDownLeft, ArrowUpRight, MailX } from "lucide-react";
import { useState } from "react";
import { applicationEmailsQuery } from "@/api/emails/list";
import { MailReader } from "@/components/MailReader";
import { AfterAMoment, Empty, Failure } from "@/components/States";
import { When } from "@/components/When";
import { en } from "@/i18n/en";
import { day } from "@/lib/dates";
import { PlaceMail } from "./PlaceMail";
import classes from "./MailList.module.css";

/** All mail of one application, newest first; each opens in place. */
export function MailList({ applicationId }: { applicationId: number }) {
  const { data, error, refetch } = useQuery(applicationEmailsQuery(applicationId));
  const [open, setOpen] = useState<number | null>(null);
  if (error && !data) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!data) {
    return (
      <AfterAMoment>
        <Skeleton height="3rem" mt="1rem" />
        <Skeleton height="3rem" mt="0.5rem" />
      </AfterAMoment>
    );
  }
  if (data.items.length === 0) return <Empty icon={MailX} title={en.story.noMail} />;
  return (
    <ul className={classes.list}>
      {data.items.map((mail) => {
        const isOpen = open === mail.id;
        const Icon = mail.direction === "out" ? ArrowUpRight : ArrowDownLeft;
        return (
          <li key={mail.id} className={classes.item}>
            <UnstyledButton
              className={classes.row}
              aria-expanded={isOpen}
              onClick={() => {
                setOpen(isOpen ? null : mail.id);
              }}
            >
              <Icon size={15} aria-hidden="true" className={classes.icon} />
              <span className={classes.text}>
                <span className={classes.subject} dir="auto">
                  {mail.subject || en.email.noSubject}
                </span>
                <span className={classes.snippet} dir="auto">
                  {mail.direction === "out" ? en.email.fromYou : (mail.sender_name || mail.sender_email)}
                  {mail.snippet && `: ${mail.snippet}`}
                </span>
              </span>
              {mail.email_class && <span className={classes.kind}>{en.classes[mail.email_class] ?? mail.email_class}</span>}
              <span className={classes.when}>
                <When at={mail.received_at} text={day(mail.received_at)} />
              </span>
            </UnstyledButton>
            {isOpen && (
              <div className={classes.mail}>
                <MailReader id={mail.id} />
                <PlaceMail emailId={mail.id} applicationId={applicationId} />
              </div>
            )}
          </li>
        );
      })}
    </ul>
  );
}
