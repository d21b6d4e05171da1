import { UnstyledButton } from "@mantine/core";
import {
  CalendarCheck,
  CalendarClock,
  CalendarX,
  CircleHelp,
  CirclePlus,
  ClipboardList,
  Handshake,
  Info,
  Link2,
  type LucideIcon,
  Mail,
  Pencil,
  Undo2,
  XCircle,
  ArrowRight,
} from "lucide-react";
import { useId, useState } from "react";
import { useRevokeDecisions } from "@/api/applications/revokeDecision";
import type { TimelineEvent } from "@/api/types";
import { MailReader } from "@/components/MailReader";
import { useToasts } from "@/components/Toaster";
import { When } from "@/components/When";
import { en } from "@/i18n/en";
import { day } from "@/lib/dates";
import { splitSentence } from "@/lib/sentence";
import { Why } from "./Why";
import classes from "./TimelineLine.module.css";

const ICONS: Record<string, LucideIcon> = {
  application_created: CirclePlus,
  application_updated: Pencil,
  stage_changed: ArrowRight,
  email_linked: Link2,
  interview_requested: CalendarClock,
  interview_scheduled: CalendarCheck,
  interview_rescheduled: CalendarClock,
  interview_canceled: CalendarX,
  assessment_received: ClipboardList,
  offer_received: Handshake,
  rejection_received: XCircle,
  status_update: Info,
  note_added: Pencil,
};

interface Props {
  event: TimelineEvent;
  applicationId: number;
  open: boolean;
  /** False when the line above shows the same words of the same mail. */
  showQuote: boolean;
  onToggle: (open: boolean) => void;
}

/** One thing that happened: its sentence, the words it was read from, and what can be asked or undone. */
export function TimelineLine({ event, applicationId, open, showQuote, onToggle }: Props) {
  const [why, setWhy] = useState(false);
  const revoke = useRevokeDecisions();
  const toasts = useToasts();
  const mailId = useId();
  const Icon = ICONS[event.type] ?? (event.cause === "email" ? Mail : Info);
  const undo = () => {
    if (event.decision_id === null) return;
    revoke.mutate([event.decision_id], {
      onSuccess: () => {
        toasts.say(en.story.undone);
      },
      onError: toasts.fail,
    });
  };
  const { said, quote } = splitSentence(event.sentence, event.evidence?.quote);
  const body = (
    <>
      <span className={classes.sentence} dir="auto">
        {said}
      </span>
      {quote && showQuote && (
        <span className={classes.quote} dir="auto">
          {quote}
        </span>
      )}
    </>
  );
  return (
    <li className={classes.line} data-open={open || undefined}>
      <span className={classes.icon} data-stage={event.stage ?? undefined} style={event.stage ? { color: `var(--s-${event.stage})` } : undefined}>
        <Icon size={15} strokeWidth={1.9} aria-hidden="true" />
      </span>
      <div className={classes.main}>
        {event.email_id !== null ? (
          <UnstyledButton
            className={classes.body}
            aria-expanded={open}
            aria-controls={open ? mailId : undefined}
            onClick={() => {
              onToggle(!open);
            }}
          >
            {body}
          </UnstyledButton>
        ) : (
          <div className={classes.body}>{body}</div>
        )}
        <div className={classes.tools}>
          <span className={classes.when}>
            <When at={event.at} text={day(event.at)} />
          </span>
          {event.why && (
            <button
              type="button"
              className={classes.tool}
              aria-expanded={why}
              onClick={() => {
                setWhy(!why);
              }}
            >
              <CircleHelp size={13} aria-hidden="true" />
              {en.story.why}
            </button>
          )}
          {event.decision_id !== null && (
            <button type="button" className={classes.tool} aria-label={en.story.undoLine(event.sentence)} disabled={revoke.isPending} onClick={undo}>
              <Undo2 size={13} aria-hidden="true" />
              {en.story.undo}
            </button>
          )}
        </div>
        {why && event.why && <Why why={event.why} emailId={event.email_id} applicationId={applicationId} />}
        {open && event.email_id !== null && (
          <div id={mailId} className={classes.mail}>
            <MailReader id={event.email_id} focus={event.evidence?.field === "text" || event.evidence?.field === "body" ? event.evidence : null} />
          </div>
        )}
      </div>
    </li>
  );
}
