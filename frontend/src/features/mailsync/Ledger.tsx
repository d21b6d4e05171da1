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
/** Whether it is still in a mailbox, to be fetched when a person says so. A file that was imported is no mailbox. */
const canBeFetched = (run: Run, line: LedgerLine): boolean =>
  run.kind !== "import" &&
  line.email_id === null &&
  ((line.outcome === "skipped" && line.reason === "not_in_query") || (line.outcome === "failed" && line.reason !== "gone"));

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
            <LedgerRow key={line.id} run={run} line={line} />
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

/** The run that fetches a line, as far as this window asked for one; `all` when it takes the others of the sender too. */
interface Asked {
  run: string;
  others: number;
  all: boolean;
}

function LedgerRow({ run, line }: { run: Run; line: LedgerLine }) {
  // Kept here: once the mail is fetched its line says so, and the others of its sender can still be asked for.
  const [asked, setAsked] = useState<Asked | null>(null);
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
      {(asked !== null || canBeFetched(run, line)) && <FetchIt line={line} asked={asked} onAsked={setAsked} />}
    </li>
  );
}

/** Says that a mail was left out wrongly: it is fetched, and the others of its sender when that is wanted too. */
function FetchIt({ line, asked, onAsked }: { line: LedgerLine; asked: Asked | null; onAsked: (asked: Asked) => void }) {
  const ask = useWasJobMail();
  const toasts = useToasts();
  const runs = useQuery(runsQuery);
  const run = runs.data?.items.find(({ job_id }) => job_id === asked?.run);
  const fetching = asked !== null && (run === undefined || isActive(run));
  // Mail that was never opened has no sender before it is fetched: then only its run knows of others.
  const others = Math.max(asked?.others ?? 0, run?.result.others_from_sender ?? 0);
  const fetchIt = (all: boolean) => {
    ask.mutate(
      { line: line.id, others: all },
      {
        onSuccess: (answer) => {
          onAsked({ run: answer.job_id, others: answer.others_from_sender, all });
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
          <span>{fetching ? (asked.all ? en.mail.othersFetching : en.mail.fetching) : asked.all ? en.mail.othersFetched : en.mail.fetched}</span>
          {others > 0 && !asked.all && (
            <Button
              variant="default"
              size="compact-xs"
              loading={ask.isPending}
              disabled={fetching}
              onClick={() => {
                fetchIt(true);
              }}
            >
              {en.mail.othersFrom(others)}
            </Button>
          )}
        </>
      )}
    </span>
  );
}
