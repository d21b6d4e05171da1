import { Button, Select, Skeleton, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Ban, CheckCircle2, CircleAlert, Clock, History, LoaderCircle } from "lucide-react";
import { useState } from "react";
import { useCancelAnyRun } from "@/api/admin/cancelRun";
import { useRetryAnyRun } from "@/api/admin/retryRun";
import { adminRunsQuery, type RunFilter } from "@/api/admin/runs";
import type { AdminRun, RunState } from "@/api/types";
import { Empty, Failure, InlineProblem } from "@/components/States";
import { When } from "@/components/When";
import { en } from "@/i18n/en";
import { duration, since } from "@/lib/dates";
import { isActive, paceOf, phaseOf } from "@/lib/runs";
import classes from "./Admin.module.css";

const words = en.admin.everybody;
const STATES: RunState[] = ["queued", "running", "done", "error", "canceled"];
const ICONS = { done: CheckCircle2, error: CircleAlert, canceled: Ban, queued: Clock, running: LoaderCircle };

/** Everybody's runs: whose, how they go, why they stopped; to be canceled or done again. */
export function EverybodysRuns({ filter, onFilter }: { filter: RunFilter; onFilter: (filter: RunFilter) => void }) {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(adminRunsQuery(filter));
  const cancel = useCancelAnyRun();
  const retry = useRetryAnyRun();
  const runs = data?.pages.flatMap((page) => page.items) ?? [];
  const total = data?.pages[0]?.total ?? 0;
  return (
    <>
      <Filters filter={filter} onFilter={onFilter} count={data ? words.count(total) : ""} />
      <InlineProblem error={cancel.error ?? retry.error} />
      {error && !data ? (
        <Failure error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <div aria-hidden="true">
          {[0, 1, 2, 3].map((i) => (
            <Skeleton key={i} height="2.5rem" mt="0.75rem" />
          ))}
        </div>
      ) : runs.length === 0 ? (
        <Empty icon={History} title={words.none} detail={words.noneDetail} />
      ) : (
        <ul className={classes.runs}>
          {runs.map((run) => (
            <Line
              key={run.job_id}
              run={run}
              isPending={(cancel.isPending && cancel.variables === run.job_id) || (retry.isPending && retry.variables === run.job_id)}
              onCancel={() => {
                cancel.mutate(run.job_id);
              }}
              onRetry={() => {
                retry.mutate(run.job_id);
              }}
            />
          ))}
        </ul>
      )}
      {hasNextPage && (
        <div className={classes.more}>
          <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {en.actions.more}
          </Button>
        </div>
      )}
    </>
  );
}

function Filters({ filter, onFilter, count }: { filter: RunFilter; onFilter: (filter: RunFilter) => void; count: string }) {
  const [name, setName] = useState(filter.username ?? "");
  const settle = useDebouncedCallback((username: string) => {
    onFilter({ ...filter, username: username.trim() || undefined });
  }, 300);
  return (
    <div className={classes.filters}>
      <Select
        label={words.kind}
        placeholder={words.any}
        clearable
        w="11rem"
        data={Object.entries(en.runs.kinds).map(([value, label]) => ({ value, label }))}
        value={filter.kind ?? null}
        onChange={(kind) => {
          onFilter({ ...filter, kind: kind ?? undefined });
        }}
      />
      <Select
        label={words.state}
        placeholder={words.any}
        clearable
        w="9rem"
        data={STATES.map((value) => ({ value, label: en.runs.states[value] ?? value }))}
        value={filter.state ?? null}
        onChange={(state) => {
          onFilter({ ...filter, state: (state as RunState | null) ?? undefined });
        }}
      />
      <TextInput
        label={words.whose}
        placeholder={words.anybody}
        w="11rem"
        value={name}
        onChange={(event) => {
          setName(event.currentTarget.value);
          settle(event.currentTarget.value);
        }}
      />
      <span className={classes.count} aria-live="polite">
        {count}
      </span>
    </div>
  );
}

function Line({ run, isPending, onCancel, onRetry }: { run: AdminRun; isPending: boolean; onCancel: () => void; onRetry: () => void }) {
  const Icon = ICONS[run.state];
  const active = isActive(run);
  const at = run.finished_at ?? run.started_at ?? run.created_at;
  const kind = en.runs.kinds[run.kind] ?? run.kind;
  return (
    <li className={classes.run}>
      <Icon size={16} strokeWidth={1.9} aria-hidden="true" className={classes.icon} data-state={run.state} />
      <div className={classes.what}>
        <p>
          <span className={classes.kind}>{kind}</span>
          <span className={classes.who}>{run.username}</span>
        </p>
        {run.error && <p className={classes.error}>{run.error.detail}</p>}
        <p className={classes.facts}>{factsOf(run).join(" · ")}</p>
      </div>
      <span className={classes.when}>
        <When at={at} text={since(at)} />
      </span>
      <div className={classes.action}>
        {active ? (
          <Button variant="subtle" size="compact-sm" loading={isPending} disabled={run.cancel_requested} onClick={onCancel} aria-label={words.cancelIt(kind, run.username)}>
            {en.actions.cancel}
          </Button>
        ) : (
          <Button variant="subtle" size="compact-sm" loading={isPending} onClick={onRetry} aria-label={words.retryIt(kind, run.username)}>
            {words.retry}
          </Button>
        )}
      </div>
    </li>
  );
}

function factsOf(run: AdminRun): string[] {
  if (isActive(run)) return [phaseOf(run), ...paceOf(run), ...(run.holder ? [words.at(run.holder)] : [])];
  const facts = [en.runs.states[run.state] ?? run.state];
  if (run.processed) facts.push(words.handled(run.processed));
  if (run.errors) facts.push(en.runs.failed(run.errors));
  if (run.started_at && run.finished_at) facts.push(en.runs.took(duration((Date.parse(run.finished_at) - Date.parse(run.started_at)) / 1000)));
  return facts;
}
