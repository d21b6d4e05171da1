import { Button, Skeleton } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useWasJobMail } from "@/api/emails/wasJobMail";
import { runsQuery } from "@/api/runs/list";
import { runMessagesQuery } from "@/api/runs/messages";
import type { LedgerLine, Outcome, Run } from "@/api/types";
import { Failure } from "@/components/States";
import { useToasts } from "@/components/Toaster";
import { en } from "@/i18n/en";
import { isActive } from "@/lib/runs";
import classes from "./Ledger.module.css";

const OUTCOMES: readonly Outcome[] = ["stored", "known", "skipped", "failed", "deleted", "restored"];
/** What was left out for these reasons is still in the mailbox, to be fetched when a person says so. */
const LEFT_OUT = new Set(["not_in_query", "spam"]);

const canBeFetched = (line: LedgerLine): boolean =>
  line.email_id === null && ((line.outcome === "skipped" && LEFT_OUT.has(line.reason ?? "")) || (line.outcome === "failed" && line.reason !== "gone"));

/** What became of every mail that a run looked at. */
export function Ledger({ run }: { run: Run }) {
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
        {line.subject || (line.sender ? en.email.noSubject : en.mail.unnamed)}
      </span>
      <span className={classes.sender} dir="auto">
        {line.sender}
      </span>
      <span className={classes.result} data-outcome={line.outcome}>
        {en.mail.outcomes[line.outcome] ?? line.outcome}
        {said && `: ${said}`}
      </span>
      {canBeFetched(line) && <FetchIt line={line} />}
    </li>
  );
}

/** Says that a mail was left out wrongly: it is fetched, and the others of its sender when that is wanted too. */
function FetchIt({ line }: { line: LedgerLine }) {
  const ask = useWasJobMail();
  const toasts = useToasts();
  const runs = useQuery(runsQuery);
  const [asked, setAsked] = useState<{ run: string; others: number; all: boolean } | null>(null);
  const fetching = asked !== null && (runs.data?.items.some((run) => run.job_id === asked.run && isActive(run)) ?? false);
  const fetchIt = (others: boolean) => {
    ask.mutate(
      { line: line.id, others },
      {
        onSuccess: (answer) => {
          setAsked({ run: answer.job_id, others: answer.others_from_sender, all: others });
        },
        onError: toasts.fail,
      },
    );
  };
  return (
    <span className={classes.act} role="status">
      {asked === null ? (
        <Button
          variant="default"
          size="compact-xs"
          loading={ask.isPending}
          onClick={() => {
            fetchIt(false);
          }}
        >
          {en.mail.wasJobMail}
        </Button>
      ) : (
        <>
          <span>{asked.all ? en.mail.othersFetching : fetching ? en.mail.fetching : en.mail.fetched}</span>
          {asked.others > 0 && !asked.all && (
            <Button
              variant="default"
              size="compact-xs"
              loading={ask.isPending}
              disabled={fetching}
              onClick={() => {
                fetchIt(true);
              }}
            >
              {en.mail.othersFrom(asked.others)}
            </Button>
          )}
        </>
      )}
    </span>
  );
}
