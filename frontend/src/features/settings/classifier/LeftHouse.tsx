import { Button } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { llmCallsQuery } from "@/api/llm/calls";
import { llmSettingsQuery } from "@/api/llm/settings";
import { llmUsageQuery } from "@/api/llm/usage";
import { AfterAMoment, Failure } from "@/components/States";
import { en } from "@/i18n/en";
import { usd } from "@/lib/classifier";
import { day, exact } from "@/lib/dates";
import { CallLine } from "./CallLine";
import { UsageTable } from "./UsageTable";
import classes from "./LeftHouse.module.css";

const words = en.left;

/** Every request to a language model: what was sent, what it came to, and what is left of the budget. */
export function LeftHouse() {
  const usage = useQuery(llmUsageQuery);
  const settings = useQuery(llmSettingsQuery);
  const calls = useInfiniteQuery(llmCallsQuery);
  const error = usage.error ?? calls.error;
  if (error && !(usage.data && calls.data)) {
    const again = () => {
      void usage.refetch();
      void calls.refetch();
    };
    return <Failure error={error} onRetry={again} />;
  }
  if (!usage.data || !calls.data) return <AfterAMoment>{null}</AfterAMoment>;
  const shown = calls.data.pages.flatMap((page) => page.items);
  if (shown.length === 0) return <p className={classes.nothing}>{words.nothing}</p>;
  const { total, by_day, by_run, days } = usage.data;
  const { budget_usd_per_day: budget = null, spent_usd: spent = 0 } = settings.data ?? {};
  return (
    <div className={classes.whole}>
      <p className={classes.lead}>{words.lead}</p>
      <p className={`${classes.sum} tabular`}>
        {words.sum(total.calls, total.items, days)}
        <span>
          {words.tokens(total.input_tokens.toLocaleString("en"), total.output_tokens.toLocaleString("en"))} · {costOf(total)}
          {budget !== null && ` · ${words.budgetLeft(usd(Math.max(0, budget - spent)))}`}
        </span>
      </p>
      <div className={classes.tables}>
        <UsageTable title={words.byDay} first={words.columns.day} rows={by_day.map((row) => ({ name: day(`${row.day}T12:00:00Z`), totals: row.totals }))} />
        {by_run.length > 0 && (
          <UsageTable title={words.byRun} first={words.columns.run} rows={by_run.map((row) => ({ name: exact(row.last_call_at), totals: row.totals }))} />
        )}
      </div>
      <h3 className={classes.title}>{words.requests}</h3>
      <ol className={classes.calls}>
        {shown.map((call) => (
          <CallLine key={call.id} call={call} />
        ))}
      </ol>
      {calls.hasNextPage && (
        <Button variant="default" loading={calls.isFetchingNextPage} onClick={() => void calls.fetchNextPage()}>
          {words.more}
        </Button>
      )}
    </div>
  );
}

function costOf({ cost_usd, unpriced, calls, failed }: { cost_usd: number; unpriced: number; calls: number; failed: number }): string {
  if (unpriced === 0) return usd(cost_usd);
  return unpriced >= calls - failed ? words.unknownCost : words.partlyKnown(usd(cost_usd), unpriced);
}
