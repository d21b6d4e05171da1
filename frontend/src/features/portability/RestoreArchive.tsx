import { Button, FileButton } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { restoreArchive } from "@/api/portability/restoreArchive";
import { runsQuery } from "@/api/runs/list";
import { Bar } from "@/components/Bar";
import { RunProgress } from "@/components/RunProgress";
import { InlineProblem } from "@/components/States";
import { en } from "@/i18n/en";
import { isActive } from "@/lib/runs";
import classes from "./YourData.module.css";

/** An archive comes home into an empty account: handed over, checked, restored; what failed leaves nothing. */
export function RestoreArchive() {
  const client = useQueryClient();
  const { data: runs } = useQuery(runsQuery);
  const [share, setShare] = useState<number | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [started, setStarted] = useState<string | null>(null);
  const stop = useRef<AbortController | null>(null);
  useEffect(() => () => stop.current?.abort(), []);
  const run = runs?.items.find((one) => one.kind === "restore" && (isActive(one) || one.job_id === started));
  const isDone = run?.state === "done";
  useEffect(() => {
    if (isDone) void client.invalidateQueries();
  }, [isDone, client]);
  const begin = async (file: File) => {
    const controller = new AbortController();
    stop.current = controller;
    setShare(0);
    setError(null);
    try {
      const { job_id } = await restoreArchive(file, setShare, controller.signal);
      setStarted(job_id);
      await client.invalidateQueries({ queryKey: runsQuery.queryKey });
    } catch (failure) {
      if (!controller.signal.aborted) setError(failure);
    }
    setShare(null);
  };
  const busy = share !== null || (run !== undefined && isActive(run));
  return (
    <>
      <p className={classes.lead}>{en.yourData.restoreLead}</p>
      <div className={classes.block}>
        {share !== null && <Bar percent={share * 100} label={en.yourData.handingOver} />}
        {run && isActive(run) && (
          <div className={classes.run}>
            <RunProgress run={run} hideCounts />
          </div>
        )}
        {isDone && (
          <p className={classes.good} role="status">
            {en.yourData.restored(run.result.rows?.applications ?? 0, run.result.rows?.emails ?? 0)}
          </p>
        )}
        {run?.state === "canceled" && <p className={classes.good}>{en.yourData.restoreCanceled}</p>}
        {run?.error && (
          <p className={classes.good} role="alert">
            {en.yourData.restoreFailed(run.error.detail)}
          </p>
        )}
        <InlineProblem error={error} />
        <div className={classes.foot}>
          <FileButton accept=".zip,application/zip" onChange={(file) => file && void begin(file)} inputProps={{ "aria-label": en.yourData.restore }}>
            {(props) => (
              <Button variant="default" loading={share !== null} disabled={busy} {...props}>
                {en.yourData.restore}
              </Button>
            )}
          </FileButton>
          {share !== null && (
            <Button variant="subtle" onClick={() => stop.current?.abort()}>
              {en.actions.cancel}
            </Button>
          )}
        </div>
      </div>
    </>
  );
}
