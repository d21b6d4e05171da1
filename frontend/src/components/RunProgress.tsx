import { Button } from "@mantine/core";
import { useCancelRun } from "@/api/runs/cancel";
import type { Run } from "@/api/types";
import { en } from "@/i18n/en";
import { countsOf, isActive, paceOf, phaseOf, readsMail } from "@/lib/runs";
import { Bar } from "./Bar";
import { useToasts } from "./Toaster";
import classes from "./RunProgress.module.css";

/** A run that is going on: phase, bar, counts, pace, and a way to stop it. */
export function RunProgress({ run, hideCounts = false }: { run: Run; hideCounts?: boolean }) {
  const cancel = useCancelRun();
  const toasts = useToasts();
  const kind = en.runs.kinds[run.kind] ?? run.kind;
  const { read, jobs, applications } = countsOf(run);
  const stop = () => {
    cancel.mutate(run.job_id, {
      onSuccess: () => {
        toasts.say(en.mail.canceled);
      },
      onError: toasts.fail,
    });
  };
  return (
    <div className={classes.run}>
      <div className={classes.line}>
        <span className={classes.kind}>{kind}</span>
        <span className={classes.phase}>{phaseOf(run)}</span>
        {isActive(run) && (
          <Button variant="default" size="compact-sm" disabled={run.cancel_requested} onClick={stop} className={classes.stop}>
            {run.cancel_requested ? en.mail.canceling : en.mail.cancel}
          </Button>
        )}
      </div>
      <Bar percent={run.percent} label={en.runs.bar(kind)} />
      <div className={`${classes.facts} tabular`}>
        {!hideCounts && readsMail(run) && <span>{en.runs.counts(read, jobs, applications)}</span>}
        <span className={classes.pace}>{paceOf(run).join(" · ")}</span>
      </div>
    </div>
  );
}
