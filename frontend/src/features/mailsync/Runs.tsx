import { Button, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Ban, CheckCircle2, CircleAlert, History } from "lucide-react";
import { useId, useState } from "react";
import { runsQuery } from "@/api/runs/list";
import type { Run } from "@/api/types";
import { Empty, Failure } from "@/components/States";
import { When } from "@/components/When";
import { en } from "@/i18n/en";
import { since } from "@/lib/dates";
import { foldRuns, isActive, outcomeOf, readsMail } from "@/lib/runs";
import { Ledger } from "./Ledger";
import classes from "./Runs.module.css";

/** What ran, and for each run what became of every mail it looked at. */
export function Runs() {
  const { data, error, refetch } = useQuery(runsQuery);
  if (error && !data) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!data) {
    return (
      <div aria-hidden="true">
        {[0, 1, 2].map((i) => (
          <Skeleton key={i} height="2.25rem" mt="0.75rem" />
        ))}
      </div>
    );
  }
  const finished = data.items.filter((run) => !isActive(run));
  if (finished.length === 0) return <Empty icon={History} title={en.mail.runsEmpty} detail={en.mail.runsEmptyDetail} />;
  return (
    <ul>
      {foldRuns(finished).map(({ run, times }) => (
        <FinishedRun key={run.job_id} run={run} times={times} />
      ))}
    </ul>
  );
}

const ICONS = { done: CheckCircle2, error: CircleAlert, canceled: Ban, queued: History, running: History };

function FinishedRun({ run, times }: { run: Run; times: number }) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const Icon = ICONS[run.state];
  const capped = run.result?.capped;
  return (
    <li className={classes.run}>
      <div className={classes.line}>
        <Icon size={16} strokeWidth={1.9} aria-hidden="true" className={classes.icon} data-state={run.state} />
        <div className={classes.what}>
          <p>
            <span className={classes.kind}>{en.runs.kinds[run.kind] ?? run.kind}</span>
            {times > 1 && <span className={classes.times}>{en.runs.times(times)}</span>}
            {run.state !== "done" && <span className={classes.state}>{en.runs.states[run.state]}</span>}
          </p>
          {run.error && <p className={classes.error}>{run.error.detail}</p>}
          <p className={classes.facts}>{outcomeOf(run).join(" · ")}</p>
          {capped && <p className={classes.facts}>{en.runs.capped(capped.found, capped.taken)}</p>}
        </div>
        <span className={classes.when}>
          <When at={run.finished_at ?? run.created_at} text={since(run.finished_at ?? run.created_at)} />
        </span>
        {readsMail(run) && times === 1 && (
          <Button
            variant="subtle"
            size="compact-sm"
            className={classes.toggle}
            aria-expanded={open}
            aria-controls={id}
            onClick={() => {
              setOpen(!open);
            }}
          >
            {open ? en.mail.ledgerHide : en.mail.ledgerShow}
          </Button>
        )}
      </div>
      {open && (
        <div id={id} className={classes.ledger}>
          <Ledger run={run} />
        </div>
      )}
    </li>
  );
}
