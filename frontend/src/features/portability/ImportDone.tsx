import { Button, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { CircleCheck } from "lucide-react";
import { useRevokeDecisions } from "@/api/applications/revokeDecision";
import { runsQuery } from "@/api/runs/list";
import { RunProgress } from "@/components/RunProgress";
import { InlineProblem } from "@/components/States";
import { en } from "@/i18n/en";
import { isActive } from "@/lib/runs";
import classes from "./Portability.module.css";

/** How the import goes, what came of it, and the way back. */
export function ImportDone({ jobId, onAgain }: { jobId: string; onAgain: () => void }) {
  const { data: runs } = useQuery(runsQuery);
  const revoke = useRevokeDecisions();
  const run = runs?.items.find((one) => one.job_id === jobId);
  if (!run) return <Skeleton height="6rem" />;
  if (isActive(run)) return <RunProgress run={run} hideCounts />;
  const decision = run.result.decision_id;
  const undone = revoke.isSuccess;
  return (
    <div className={classes.done} role="status">
      <CircleCheck size={22} strokeWidth={1.75} aria-hidden="true" />
      <div className={classes.dropText}>
        <p className={classes.label}>{undone ? en.tableImport.undone : en.tableImport.done(run.created)}</p>
        <p className={classes.mild}>
          {[
            run.state === "error" && (run.error?.detail ?? ""),
            run.state === "canceled" && en.runs.states.canceled,
            run.skipped > 0 && en.tableImport.before(run.skipped),
            (run.result.left_out ?? 0) > 0 && en.tableImport.notTaken(run.result.left_out ?? 0),
          ]
            .filter(Boolean)
            .join(". ")}
        </p>
        <InlineProblem error={revoke.error} />
      </div>
      <div className={classes.buttons}>
        {typeof decision === "number" && !undone && (
          <Button
            variant="default"
            loading={revoke.isPending}
            onClick={() => {
              revoke.mutate([decision]);
            }}
          >
            {en.tableImport.undo}
          </Button>
        )}
        <Button variant="default" onClick={onAgain}>
          {en.tableImport.another}
        </Button>
        <Button component={Link} to="/applications">
          {en.tableImport.show}
        </Button>
      </div>
    </div>
  );
}
