import { Button, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { CalendarCheck } from "lucide-react";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { agendaQuery } from "@/api/agenda/get";
import type { Agenda, AgendaLine, TemplateKey } from "@/api/types";
import { AfterAMoment, Empty, Failure } from "@/components/States";
import { en } from "@/i18n/en";
import { useKeys } from "@/lib/keys";
import { AgendaRow } from "./AgendaRow";
import { companyName } from "./links";
import { useSettle } from "./useSettle";
import classes from "./Today.module.css";

const Composer = lazy(async () => ({ default: (await import("./Composer")).Composer }));
const InterviewForm = lazy(async () => ({ default: (await import("./InterviewForm")).InterviewForm }));

type Doing = { what: "reply"; line: AgendaLine; template: TemplateKey | null } | { what: "schedule"; line: AgendaLine };
const SECTIONS = ["overdue", "due_today", "this_week", "waiting"] as const;
const keyOf = (line: AgendaLine): string => `${line.kind}:${line.ref_id ?? line.application_id}`;

/** The day: what is overdue, due today and this week, and who lets the person wait. One verb per line. */
export function Today({ head, news }: { head: ReactNode; news: (agenda: Agenda) => ReactNode }) {
  const { data: agenda, error, refetch } = useQuery(agendaQuery);
  return (
    <>
      {head}
      {agenda ? <Lines agenda={agenda} /> : error ? <Failure error={error} onRetry={() => void refetch()} /> : <Waiting />}
      {agenda && news(agenda)}
    </>
  );
}

function Lines({ agenda }: { agenda: Agenda }) {
  const navigate = useNavigate();
  const settle = useSettle();
  const [selected, setSelected] = useState<string | null>(null);
  const [menu, setMenu] = useState<string | null>(null);
  const [doing, setDoing] = useState<Doing | null>(null);
  const all = SECTIONS.flatMap((section) => agenda[section]);
  const at = all.findIndex((line) => keyOf(line) === selected);
  const current = all[at];
  const open = (line: AgendaLine) => void navigate({ to: "/applications/$applicationId", params: { applicationId: line.application_id } });
  const move = (step: number) => () => {
    const next = all[Math.min(all.length - 1, Math.max(0, at + step))];
    if (next) setSelected(keyOf(next));
  };
  useKeys({
    next: move(1),
    previous: move(-1),
    ...(current
      ? {
          open: () => {
            open(current);
          },
          reply: () => {
            setDoing({ what: "reply", line: current, template: current.kind === "waiting" ? "follow_up" : null });
          },
          ...(current.kind === "interview"
            ? {}
            : {
                snooze: () => {
                  setMenu(keyOf(current));
                },
              }),
        }
      : {}),
  });
  const matter = (line: AgendaLine) => ({ kind: line.kind, refId: line.ref_id, applicationId: line.application_id, title: line.title || companyName(line) });
  const doVerb = (line: AgendaLine) => {
    if (line.verb === "reply" || line.verb === "follow_up") setDoing({ what: "reply", line, template: line.verb === "follow_up" ? "follow_up" : null });
    else if (line.verb === "schedule") setDoing({ what: "schedule", line });
    else if (line.verb === "done") settle.finish(matter(line));
    else open(line);
  };
  const close = () => {
    setDoing(null);
  };
  const dueLines = agenda.overdue.length + agenda.due_today.length + agenda.this_week.length;
  const hidden = [agenda.later > 0 && en.today.later(agenda.later), agenda.snoozed > 0 && en.today.snoozed(agenda.snoozed)].filter(Boolean).join(", ");
  return (
    <>
      {all.length === 0 && (
        <Empty icon={CalendarCheck} title={en.today.empty} detail={en.today.emptyDetail}>
          <Button component={Link} to="/applications" variant="default">
            {en.today.toApplications}
          </Button>
        </Empty>
      )}
      {all.length > 0 && dueLines === 0 && <p className={classes.none}>{en.today.noneDue}</p>}
      {SECTIONS.map((section) => {
        const lines = agenda[section];
        if (lines.length === 0) return null;
        return (
          <section key={section} className={classes.section} aria-labelledby={`day-${section}`}>
            <h2 id={`day-${section}`} className={classes.heading} data-late={section === "overdue" || undefined}>
              {en.today[section]}
              <span className={classes.count}>{section === "waiting" ? agenda.waiting_total : lines.length}</span>
            </h2>
            <ul className={classes.rows}>
              {lines.map((line) => {
                const key = keyOf(line);
                return (
                  <AgendaRow
                    key={key}
                    line={line}
                    selected={key === selected}
                    menu={key === menu}
                    onMenu={(opened) => {
                      setMenu(opened ? key : null);
                    }}
                    onFocus={() => {
                      setSelected(key);
                    }}
                    onVerb={() => {
                      doVerb(line);
                    }}
                    onSnooze={(until) => {
                      settle.putOff(matter(line), until);
                    }}
                    onDone={() => {
                      settle.finish(matter(line));
                    }}
                  />
                );
              })}
            </ul>
            {section === "waiting" && agenda.waiting_total > lines.length && (
              <Link to="/applications" search={{ q: "is:waiting" }} className={classes.moreLink}>
                {en.today.moreWaiting(agenda.waiting_total - lines.length)}
              </Link>
            )}
          </section>
        );
      })}
      {hidden && <p className={classes.hidden}>{hidden}</p>}
      <Suspense fallback={null}>
        {doing?.what === "reply" && <Composer applicationId={doing.line.application_id} company={companyName(doing.line)} template={doing.template} onClose={close} />}
        {doing?.what === "schedule" && <InterviewForm applicationId={doing.line.application_id} interview={null} onClose={close} />}
      </Suspense>
    </>
  );
}

function Waiting() {
  return (
    <AfterAMoment>
      <div aria-busy="true" aria-label={en.today.loading}>
        {[0, 1, 2, 3, 4].map((n) => (
          <div key={n} className={classes.row}>
            <Skeleton width="2rem" height="2rem" radius={8} />
            <div className={classes.what}>
              <Skeleton width="40%" height="0.875rem" />
              <Skeleton width="60%" height="0.75rem" mt="0.375rem" />
            </div>
            <Skeleton width="5rem" height="1.75rem" />
          </div>
        ))}
      </div>
    </AfterAMoment>
  );
}
