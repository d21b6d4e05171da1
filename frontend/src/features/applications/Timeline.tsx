import { Button, Skeleton } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { History } from "lucide-react";
import { useMemo } from "react";
import { timelineQuery } from "@/api/applications/timeline";
import type { Application, TimelineEvent } from "@/api/types";
import { MailReader } from "@/components/MailReader";
import { StageChip } from "@/components/StageChip";
import { AfterAMoment, Empty, Failure } from "@/components/States";
import { en } from "@/i18n/en";
import { day } from "@/lib/dates";
import { type Line, toPhases } from "@/lib/phases";
import type { OpenMail } from "./Story";
import { TimelineLine } from "./TimelineLine";
import classes from "./Timeline.module.css";

const ENDS = new Set(["accepted", "rejected", "withdrawn"]);

interface Props {
  application: Application;
  mail: OpenMail | null;
  onMail: (mail: OpenMail | null) => void;
}

/** One mail can give two lines, such as the offer and the move to Offer: its words stand under the first. */
function saysTheSame(above: Line | undefined, event: TimelineEvent): boolean {
  return above?.kind === "event" && above.event.email_id === event.email_id && above.event.evidence?.quote === event.evidence?.quote;
}

export function Timeline({ application, mail, onMail }: Props) {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(timelineQuery(application.id));
  const events = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  const phases = useMemo(() => toPhases(events, ENDS.has(application.stage)), [events, application.stage]);
  if (error && !data) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!data) {
    return (
      <AfterAMoment>
        {[0, 1, 2].map((i) => (
          <Skeleton key={i} height="2.5rem" mt="1rem" />
        ))}
      </AfterAMoment>
    );
  }
  if (events.length === 0) return <Empty icon={History} title={en.story.empty} detail={en.story.emptyDetail} />;
  // A mail asked for from elsewhere (a stage, an action item) opens under the line that mentions it.
  const lineId = mail && (mail.lineId ?? (events.find((e) => e.email_id === mail.emailId && e.evidence) ?? events.find((e) => e.email_id === mail.emailId))?.id ?? null);
  return (
    <div className={classes.timeline}>
      {mail && lineId === null && (
        <div className={classes.apart}>
          <MailReader id={mail.emailId} />
        </div>
      )}
      {phases.map((phase, i) => (
        <section key={`${phase.stage ?? "start"}-${phase.from}`} className={classes.phase}>
          <h3 className={classes.heading}>
            {phase.stage && <StageChip stage={phase.stage} />}
            <span className={classes.span}>
              {i === 0 && phase.until === null ? (ENDS.has(phase.stage ?? "") ? day(phase.from) : en.story.days(phase.days)) : en.story.lasted(phase.days)}
            </span>
          </h3>
          <ol>
            {phase.lines.map((line, n) =>
              line.kind === "silence" ? (
                <li key={line.key} className={classes.silence}>
                  <span>{en.story.silence(line.days)}</span>
                </li>
              ) : (
                <TimelineLine
                  key={line.event.id}
                  event={line.event}
                  applicationId={application.id}
                  showQuote={!saysTheSame(phase.lines[n - 1], line.event)}
                  open={lineId === line.event.id}
                  onToggle={(open) => {
                    onMail(open && line.event.email_id !== null ? { lineId: line.event.id, emailId: line.event.email_id } : null);
                  }}
                />
              ),
            )}
          </ol>
        </section>
      ))}
      {hasNextPage && (
        <Button variant="default" size="compact-sm" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {en.actions.more}
        </Button>
      )}
    </div>
  );
}
