import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Inbox } from "lucide-react";
import { useEffect, useState } from "react";
import { applicationsQuery } from "@/api/applications/list";
import { statsQuery } from "@/api/applications/stats";
import type { Application, Run } from "@/api/types";
import { ApplicationRow, ApplicationRowSkeleton } from "@/components/ApplicationRow";
import { RunProgress } from "@/components/RunProgress";
import { Empty } from "@/components/States";
import { en } from "@/i18n/en";
import { month } from "@/lib/dates";
import { countsOf, isActive } from "@/lib/runs";
import { settle } from "@/lib/settle";
import classes from "./FirstMinutes.module.css";

const SKELETONS = 7;
const SHOWN = 40;

interface Props {
  run: Run | null;
  onOpen: (id: number | null) => void;
  onOther: () => void;
  onReview: () => void;
}

/** The first two minutes: rows fill under skeletons while the mail is read, then one sentence sums it up. */
export function FirstMinutes({ run, onOpen, onOther, onReview }: Props) {
  const list = useQuery(applicationsQuery({ sort: "-last_activity" }));
  const stats = useQuery(statsQuery);
  const incoming = list.data?.items;
  const total = list.data?.total ?? 0;
  const [rows, setRows] = useState<Application[]>([]);
  const [seen, setSeen] = useState(incoming);
  if (incoming && incoming !== seen) {
    setSeen(incoming);
    setRows(settle(rows, incoming));
  }
  const shown = (rows.length === 0 && incoming ? incoming : rows).slice(0, SHOWN);
  const active = run === null || isActive(run);
  const finishedId = run && !active ? run.job_id : null;
  const { refetch: refetchList } = list;
  const { refetch: refetchStats } = stats;
  useEffect(() => {
    if (!finishedId) return;
    void refetchList();
    void refetchStats();
  }, [finishedId, refetchList, refetchStats]);

  const counts = run ? countsOf(run) : { read: 0, jobs: 0, applications: 0 };
  const missing = active ? Math.max(0, SKELETONS - shown.length) : 0;
  return (
    <div className={classes.page}>
      <h1 className={classes.title}>{active ? en.reading.title : run.state === "done" ? en.reading.doneTitle : en.reading.stoppedTitle}</h1>
      <p className={`${classes.counter} tabular`} aria-live="off">
        {en.reading.counter(counts.read, counts.jobs, counts.applications)}
      </p>
      {active && (
        <div className={classes.progress}>
          {run && (
            <>
              <RunProgress run={run} hideCounts onFaster={onOther} />
              <p className={classes.leave}>{en.reading.leave}</p>
            </>
          )}
        </div>
      )}
      {!active && run && <EndCard run={run} rows={rows} total={total} needsReview={stats.data?.needs_review ?? 0} onOpen={onOpen} onOther={onOther} onReview={onReview} />}
      {(shown.length > 0 || missing > 0) && (
        <ul className={classes.list} aria-label={en.applications.list} aria-busy={active}>
          {shown.map((a) => (
            <li key={a.id} className={classes.item}>
              <button
                type="button"
                className={classes.open}
                onClick={() => {
                  onOpen(a.id);
                }}
              >
                <ApplicationRow application={a} />
              </button>
            </li>
          ))}
          {Array.from({ length: missing }, (_, i) => (
            <li key={`s${i}`} className={classes.item} data-waiting>
              <ApplicationRowSkeleton />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

interface EndProps {
  onReview: () => void;
  run: Run;
  rows: readonly Application[];
  total: number;
  needsReview: number;
  onOpen: (id: number | null) => void;
  onOther: () => void;
}

function EndCard({ run, rows, total, needsReview, onOpen, onOther, onReview }: EndProps) {
  if (total === 0) {
    const whole = run.state === "done";
    return (
      <Empty
        icon={Inbox}
        title={whole ? en.reading.none : en.reading.noneYet}
        detail={run.error?.detail ?? (whole ? en.reading.noneDetail : en.reading.noneYetDetail)}
      >
        <Button onClick={onOther}>{whole ? en.reading.other : en.reading.goOn}</Button>
      </Empty>
    );
  }
  const first = rows.reduce<string | null>((min, a) => (a.received_date && (!min || a.received_date < min) ? a.received_date : min), null);
  const needMe = rows.filter((a) => a.requires_action || a.waiting_on === "me").length;
  return (
    <div className={classes.end} role="status">
      <p className={classes.summary}>
        {en.reading.summary(total, first ? month(first) : null)} {en.reading.needYou(needMe)}{" "}
        {needsReview > 0 && (
          <button type="button" className={classes.unsure} onClick={onReview}>
            {en.reading.unsure(needsReview)}
          </button>
        )}
      </p>
      {run.state === "canceled" && <p className={classes.note}>{en.reading.canceled}</p>}
      {run.state === "error" && run.error && <p className={classes.note}>{run.error.detail}</p>}
      <Button
        onClick={() => {
          onOpen(null);
        }}
      >
        {en.reading.open}
      </Button>
    </div>
  );
}
