import { Button } from "@mantine/core";
import { AlarmClock, CalendarClock, CalendarPlus, CalendarX, ChevronDown, CircleDot, ExternalLink, Pencil, Reply } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import type { ApplicationDetail, Interview } from "@/api/types";
import { en } from "@/i18n/en";
import { due, exact } from "@/lib/dates";
import { useKeys } from "@/lib/keys";
import { SnoozeMenu } from "./SnoozeMenu";
import { companyName, nameOf, webLink } from "./links";
import { type Matter, useSettle } from "./useSettle";
import classes from "./NextUp.module.css";

const Composer = lazy(async () => ({ default: (await import("./Composer")).Composer }));
const InterviewForm = lazy(async () => ({ default: (await import("./InterviewForm")).InterviewForm }));
const ReminderForm = lazy(async () => ({ default: (await import("./ReminderForm")).ReminderForm }));

interface Props {
  application: ApplicationDetail;
  onShowMail: (emailId: number) => void;
}
type Doing = "reply" | "remind" | { interview: Interview | null };

const HOUR = 3_600_000;

/** In how many days most answers that come at all would have come; null when none is awaited or that day has passed. */
const worthAskingIn = ({ answer_outlook: outlook }: ApplicationDetail): number | null =>
  outlook && outlook.follow_up_after > outlook.waiting_days ? outlook.follow_up_after - outlook.waiting_days : null;

/** What comes next: interviews ahead, what the person must do and wants to be reminded of, soonest first; and the ways on. */
export function NextUp({ application: a, onShowMail }: Props) {
  const [now] = useState(() => Date.now());
  const [doing, setDoing] = useState<Doing | null>(null);
  const [past, setPast] = useState(false);
  useKeys({
    reply: () => {
      setDoing("reply");
    },
  });
  const isAhead = (i: Interview) => {
    const end = i.ends_at ?? i.starts_at;
    return i.state !== "canceled" && (end === null || Date.parse(end) > now - HOUR);
  };
  const ahead = a.interviews.filter(isAhead);
  const over = a.interviews.filter((i) => !isAhead(i));
  // Two mails may ask for the same thing; the one that names a date speaks for both.
  const asked = a.action_items.filter((item) => !item.done_at).sort((x, y) => (x.due_at ?? "9").localeCompare(y.due_at ?? "9"));
  const open = asked.filter((item, i) => item.due_at !== null || asked.findIndex((other) => other.title === item.title) === i);
  const reminders = a.reminders.filter((one) => !one.done_at);
  const edit = (interview: Interview) => {
    setDoing({ interview });
  };
  const close = () => {
    setDoing(null);
  };
  const interviewLine = (i: Interview) => <InterviewLine key={`i${i.id}`} interview={i} onEdit={edit} onShowMail={onShowMail} />;
  return (
    <section className={classes.next} aria-label={en.plans.title}>
      {ahead.length + open.length + reminders.length > 0 && (
        <ul>
          {ahead.map(interviewLine)}
          {open.map((item) => {
            const link = webLink(item.link);
            const mail = item.email_id;
            return (
              <MatterLine key={`a${item.id}`} matter={{ kind: "action", refId: item.id, applicationId: a.id, title: item.title }} icon="item" dueAt={item.due_at}>
                {link ? (
                  <Button component="a" href={link} target="_blank" rel="noreferrer noopener" variant="default" size="compact-sm" rightSection={<ExternalLink size={12} aria-hidden="true" />}>
                    {en.story.open}
                  </Button>
                ) : (
                  mail !== null && <MailButton id={mail} onShowMail={onShowMail} />
                )}
              </MatterLine>
            );
          })}
          {reminders.map((one) => (
            <MatterLine
              key={`r${one.id}`}
              matter={{ kind: "reminder", refId: one.id, applicationId: a.id, title: one.text }}
              icon="reminder"
              dueAt={one.snoozed_until ?? one.due_at}
            />
          ))}
        </ul>
      )}
      <div className={classes.tools}>
        <Button variant="subtle" size="compact-sm" leftSection={<Reply size={14} aria-hidden="true" />} onClick={() => { setDoing("reply"); }}>
          {en.plans.reply}
        </Button>
        <Button variant="subtle" size="compact-sm" leftSection={<CalendarPlus size={14} aria-hidden="true" />} onClick={() => { setDoing({ interview: null }); }}>
          {en.plans.schedule}
        </Button>
        <Button variant="subtle" size="compact-sm" leftSection={<AlarmClock size={14} aria-hidden="true" />} onClick={() => { setDoing("remind"); }}>
          {en.plans.remind}
        </Button>
        {over.length > 0 && (
          <Button
            variant="transparent"
            size="compact-sm"
            className={classes.past}
            aria-expanded={past}
            rightSection={<ChevronDown size={13} aria-hidden="true" className={classes.chevron} data-open={past || undefined} />}
            onClick={() => { setPast(!past); }}
          >
            {en.plans.past(over.length)}
          </Button>
        )}
      </div>
      {past && over.length > 0 && <ul className={classes.pastList}>{over.map(interviewLine)}</ul>}
      <Suspense fallback={null}>
        {doing === "reply" && <Composer applicationId={a.id} company={companyName(a)} onClose={close} />}
        {doing === "remind" && <ReminderForm applicationId={a.id} company={companyName(a)} worthAskingIn={worthAskingIn(a)} onClose={close} />}
        {doing !== null && typeof doing === "object" && <InterviewForm applicationId={a.id} interview={doing.interview} onClose={close} />}
      </Suspense>
    </section>
  );
}

function InterviewLine({ interview: i, onEdit, onShowMail }: { interview: Interview; onEdit: (i: Interview) => void; onShowMail: (id: number) => void }) {
  const place = webLink(i.place);
  const canceled = i.state === "canceled";
  const names = i.people.map((p) => p.name).join(", ");
  const Icon = canceled ? CalendarX : CalendarClock;
  const mail = i.email_id;
  return (
    <li className={classes.line} data-off={canceled || undefined}>
      <Icon size={16} aria-hidden="true" className={classes.icon} />
      <span className={classes.text}>
        <span className={classes.what}>{nameOf(i)}</span>
        <span className={classes.mild}>
          {canceled ? `${en.plans.canceled}: ` : ""}
          {i.starts_at ? exact(i.starts_at) : ""}
          {i.place && !place ? `, ${i.place}` : ""}
          {names ? `, ${en.plans.with(names)}` : ""}
        </span>
        {i.prep_notes && <span className={classes.prep}>{i.prep_notes}</span>}
      </span>
      {place && !canceled && (
        <Button component="a" href={place} target="_blank" rel="noreferrer noopener" variant="default" size="compact-sm" rightSection={<ExternalLink size={12} aria-hidden="true" />}>
          {en.story.open}
        </Button>
      )}
      {!place && mail !== null && <MailButton id={mail} onShowMail={onShowMail} />}
      <Button
        variant="default"
        size="compact-sm"
        aria-label={en.plans.editOf(nameOf(i))}
        leftSection={<Pencil size={12} aria-hidden="true" />}
        onClick={() => { onEdit(i); }}
      >
        {en.plans.edit}
      </Button>
    </li>
  );
}

function MatterLine({ matter, icon, dueAt, children }: { matter: Matter; icon: "item" | "reminder"; dueAt: string | null; children?: React.ReactNode }) {
  const [menu, setMenu] = useState(false);
  const settle = useSettle();
  const when = dueAt ? due(dueAt) : null;
  const Icon = icon === "item" ? CircleDot : AlarmClock;
  return (
    <li className={classes.line}>
      <Icon size={16} aria-hidden="true" className={classes.icon} />
      <span className={classes.text}>
        <span className={classes.what}>{matter.title}</span>
        {when && (
          <span className={classes.due} data-late={when.late || undefined} title={dueAt ? exact(dueAt) : undefined}>
            {when.late ? when.text : `${en.story.due} ${when.text}`}
          </span>
        )}
      </span>
      {children}
      <SnoozeMenu
        label={en.today.more(matter.title, "")}
        opened={menu}
        onOpened={setMenu}
        onSnooze={(until) => { settle.putOff(matter, until); }}
        onDone={() => { settle.finish(matter); }}
      />
    </li>
  );
}

function MailButton({ id, onShowMail }: { id: number; onShowMail: (id: number) => void }) {
  return (
    <Button variant="default" size="compact-sm" onClick={() => { onShowMail(id); }}>
      {en.story.openMail}
    </Button>
  );
}
