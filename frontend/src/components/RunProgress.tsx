import { Button } from "@mantine/core";
import { useCancelRun } from "@/api/runs/cancel";
import type { Run } from "@/api/types";
import { en } from "@/i18n/en";
import { countsOf, isActive, outlookOf, paceOf, phaseOf, readsMail } from "@/lib/runs";
import { Bar } from "./Bar";
import { useToasts } from "./Toaster";
import classes from "./RunProgress.module.css";

interface Props {
  run: Run;
  hideCounts?: boolean;
  /** Shows other ways in, offered where a quota makes this one slow. */
  onFaster?: () => void;
}

/** A run that is going on: phase, bar, counts, pace, when it will be over, and a way to stop it. */
export function RunProgress({ run, hideCounts = false, onFaster }: Props) {
  const cancel = useCancelRun();
  const toasts = useToasts();
  const kind = en.runs.kinds[run.kind] ?? run.kind;
  const { read, jobs, applications } = countsOf(run);
  const outlook = outlookOf(run);
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
      {outlook && (
        <p className={`${classes.outlook} tabular`}>
          {outlook.text}
          {outlook.offer && onFaster && (
            <>
              {" "}
              {en.runs.faster}{" "}
              <button type="button" className={classes.faster} onClick={onFaster}>
                {en.runs.fasterAction}
              </button>
            </>
          )}
        </p>
      )}
    </div>
  );
}
