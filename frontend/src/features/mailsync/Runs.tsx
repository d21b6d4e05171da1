import { Button, Skeleton } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Ban, CheckCircle2, CircleAlert, History } from "lucide-react";
import { useId, useState } from "react";
import { runMessagesQuery } from "@/api/runs/messages";
import { runsQuery } from "@/api/runs/list";
import type { LedgerLine, Outcome, Run } from "@/api/types";
import { Empty, Failure } from "@/components/States";
import { When } from "@/components/When";
import { en } from "@/i18n/en";
import { since } from "@/lib/dates";
import { isActive, outcomeOf, readsMail } from "@/lib/runs";
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
      {finished.map((run) => (
        <FinishedRun key={run.job_id} run={run} />
      ))}
    </ul>
  );
}

const ICONS = { done: CheckCircle2, error: CircleAlert, canceled: Ban, queued: History, running: History };

function FinishedRun({ run }: { run: Run }) {
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
            {run.state !== "done" && <span className={classes.state}>{en.runs.states[run.state]}</span>}
          </p>
          {run.error && <p className={classes.error}>{run.error.detail}</p>}
          <p className={classes.facts}>{outcomeOf(run).join(" · ")}</p>
          {capped && <p className={classes.facts}>{en.runs.capped(capped.found, capped.taken)}</p>}
        </div>
        <span className={classes.when}>
          <When at={run.finished_at ?? run.created_at} text={since(run.finished_at ?? run.created_at)} />
        </span>
        {readsMail(run) && (
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
        <div id={id}>
          <Ledger run={run} />
        </div>
      )}
    </li>
  );
}

const OUTCOMES: readonly Outcome[] = ["stored", "known", "skipped", "failed"];

function Ledger({ run }: { run: Run }) {
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(runMessagesQuery(run.job_id, outcome));
  const lines = data?.pages.flatMap((page) => page.items) ?? [];
  const choose = (next: Outcome | null) => () => {
    setOutcome(next);
  };
  return (
    <div className={classes.ledger}>
      <div className={classes.outcomes} role="group" aria-label={en.mail.ledger}>
        <button type="button" aria-pressed={outcome === null} className={classes.outcome} onClick={choose(null)}>
          {en.applications.all}
        </button>
        {OUTCOMES.map((o) => (
          <button key={o} type="button" aria-pressed={outcome === o} className={classes.outcome} onClick={choose(o)}>
            {en.mail.outcomes[o]}
          </button>
        ))}
      </div>
      {error && !data && <Failure error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton height="6rem" mt="0.5rem" />}
      {data && lines.length === 0 && <p className={classes.nothing}>{en.mail.ledgerEmpty}</p>}
      {lines.length > 0 && (
        <ul className={classes.lines} tabIndex={0} aria-label={en.mail.ledger}>
          {lines.map((line) => (
            <LedgerRow key={line.id} line={line} />
          ))}
        </ul>
      )}
      {hasNextPage && (
        <Button variant="default" size="compact-sm" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {en.actions.more}
        </Button>
      )}
    </div>
  );
}

function LedgerRow({ line }: { line: LedgerLine }) {
  const reason = line.reason ? (en.mail.reasons[line.reason] ?? line.reason.replaceAll("_", " ")) : null;
  const said = line.error ?? reason ?? (line.classification ? (en.classes[line.classification] ?? line.classification) : "");
  return (
    <li className={classes.entry}>
      <span className={classes.subject} dir="auto">
        {line.subject || en.email.noSubject}
      </span>
      <span className={classes.sender} dir="auto">
        {line.sender}
      </span>
      <span className={classes.result} data-outcome={line.outcome}>
        {en.mail.outcomes[line.outcome] ?? line.outcome}
        {said && `: ${said}`}
      </span>
    </li>
  );
}
