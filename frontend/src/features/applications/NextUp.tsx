import { Button } from "@mantine/core";
import { CalendarClock, CircleDot, ExternalLink } from "lucide-react";
import { useState } from "react";
import type { ApplicationDetail } from "@/api/types";
import { en } from "@/i18n/en";
import { due, exact } from "@/lib/dates";
import classes from "./NextUp.module.css";

interface Props {
  application: ApplicationDetail;
  onShowMail: (emailId: number) => void;
}

const HOUR = 3_600_000;

/** Only http(s) leaves the page: a mail may carry any link. */
const safe = (link: string | null): string | null => (link && /^https?:\/\//i.test(link) ? link : null);

/** What comes next: interviews ahead and what the person must do, soonest first. */
export function NextUp({ application: a, onShowMail }: Props) {
  const [now] = useState(() => Date.now());
  const ahead = a.interviews.filter((i) => {
    const end = i.ends_at ?? i.starts_at;
    return i.state !== "canceled" && end !== null && Date.parse(end) > now - HOUR;
  });
  // Two mails may ask for the same thing; the one that names a date speaks for both.
  const asked = a.action_items.filter((item) => !item.done_at).sort((x, y) => (x.due_at ?? "9").localeCompare(y.due_at ?? "9"));
  const open = asked.filter((item, i) => item.due_at !== null || asked.findIndex((other) => other.title === item.title) === i);
  if (ahead.length + open.length === 0) return null;
  return (
    <section className={classes.next} aria-label={en.story.next}>
      <ul>
        {ahead.map((i) => {
          const place = safe(i.place);
          return (
            <li key={`i${i.id}`} className={classes.line}>
              <CalendarClock size={16} aria-hidden="true" className={classes.icon} />
              <span className={classes.text}>
                <span className={classes.what}>{i.round ?? en.story.interviewAt}</span>
                <span className={classes.mild}>
                  {i.starts_at && exact(i.starts_at)}
                  {i.place && !place ? `, ${i.place}` : ""}
                </span>
              </span>
              {place && (
                <Button component="a" href={place} target="_blank" rel="noreferrer noopener" variant="default" size="compact-sm" rightSection={<ExternalLink size={12} aria-hidden="true" />}>
                  {en.story.open}
                </Button>
              )}
              {!place && i.email_id !== null && <MailButton id={i.email_id} onShowMail={onShowMail} />}
            </li>
          );
        })}
        {open.map((item) => {
          const when = item.due_at ? due(item.due_at) : null;
          const link = safe(item.link);
          return (
            <li key={item.id} className={classes.line}>
              <CircleDot size={16} aria-hidden="true" className={classes.icon} />
              <span className={classes.text}>
                <span className={classes.what}>{item.title}</span>
                {when && (
                  <span className={classes.due} data-late={when.late || undefined} title={item.due_at ? exact(item.due_at) : undefined}>
                    {when.late ? when.text : `${en.story.due} ${when.text}`}
                  </span>
                )}
              </span>
              {link ? (
                <Button component="a" href={link} target="_blank" rel="noreferrer noopener" variant="default" size="compact-sm" rightSection={<ExternalLink size={12} aria-hidden="true" />}>
                  {en.story.open}
                </Button>
              ) : (
                item.email_id !== null && <MailButton id={item.email_id} onShowMail={onShowMail} />
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function MailButton({ id, onShowMail }: { id: number; onShowMail: (id: number) => void }) {
  return (
    <Button
      variant="default"
      size="compact-sm"
      onClick={() => {
        onShowMail(id);
      }}
    >
      {en.story.openMail}
    </Button>
  );
}
