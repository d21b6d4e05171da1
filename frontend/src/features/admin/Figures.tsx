import type { AdminMetrics } from "@/api/types";
import { en } from "@/i18n/en";
import { usd } from "@/lib/classifier";
import { calendarName, duration } from "@/lib/dates";
import { sizeText } from "@/lib/sizes";
import { Table } from "./Table";
import classes from "./Admin.module.css";

const words = en.admin;
const number = (n: number): string => n.toLocaleString("en");
const seconds = (s: number | null): string => (s === null ? words.nothingYet : s < 1 ? words.underASecond : duration(s));

/** How runs of each kind ended, and how long those took that went well. */
export function RunFigures({ metrics }: { metrics: AdminMetrics }) {
  const { runs, mails } = metrics;
  if (runs.length === 0) return <p className={classes.lead}>{words.runs.none}</p>;
  return (
    <>
      <p className={classes.lead}>{words.runs.mails(mails.looked_at, mails.stored, mails.judged, mails.failed)}</p>
      <Table
        title={words.runs.title}
        columns={[words.runs.kind, words.runs.done, words.runs.error, words.runs.canceled, words.runs.success, words.runs.median, words.runs.p95]}
        rows={runs.map((each) => ({
          key: each.kind,
          cells: [
            en.runs.kinds[each.kind] ?? each.kind,
            number(each.done),
            number(each.error),
            number(each.canceled),
            each.success_rate === null ? words.nothingYet : `${(100 * each.success_rate).toFixed(each.success_rate > 0.995 && each.success_rate < 1 ? 1 : 0)} %`,
            seconds(each.median_s),
            seconds(each.p95_s),
          ],
          isBad: each.error > 0,
        }))}
      />
    </>
  );
}

/** What waits and runs now. */
export function QueueFigures({ metrics }: { metrics: AdminMetrics }) {
  const { queue } = metrics;
  if (queue.ready + queue.waiting + queue.running === 0) return <p className={classes.lead}>{words.queue.empty}</p>;
  return (
    <>
      <p className={classes.lead}>{words.queue.sentence(queue.running, queue.ready, queue.waiting, queue.oldest_s === null ? null : duration(queue.oldest_s))}</p>
      <Table
        title={words.queue.title}
        columns={[words.runs.kind, words.queue.running, words.queue.ready, words.queue.waiting]}
        rows={queue.by_kind.map((each) => ({
          key: each.kind,
          cells: [en.runs.kinds[each.kind] ?? each.kind, number(each.running), number(each.ready), number(each.waiting)],
        }))}
      />
    </>
  );
}

/** What language models did for everybody, and what it cost. */
export function ModelFigures({ metrics }: { metrics: AdminMetrics }) {
  const { llm } = metrics;
  if (llm.calls === 0) return <p className={classes.lead}>{words.models.none}</p>;
  return (
    <>
      <p className={classes.lead}>{words.models.sum(llm.calls, llm.input_tokens + llm.output_tokens, usd(llm.cost_usd))}</p>
      <Table
        title={words.models.title}
        columns={[words.models.day, words.models.calls, words.models.input, words.models.output, words.models.cost]}
        rows={llm.by_day.map((each) => ({
          key: each.day,
          cells: [calendarName(each.day), number(each.calls), number(each.input_tokens), number(each.output_tokens), usd(each.cost_usd)],
        }))}
      />
    </>
  );
}

/** What the database and the files take, and what is left. */
export function StorageFigures({ metrics }: { metrics: AdminMetrics }) {
  const { storage, database } = metrics;
  const known = storage.tables.some((table) => table.bytes !== null);
  const folders = storage.folders.filter((folder) => folder.bytes > 0);
  return (
    <>
      <p className={classes.lead}>{words.storage.sum(sizeText(storage.database_bytes), words.storage.databases[database], sizeText(storage.free_bytes))}</p>
      <div className={classes.pair}>
        <Table
          title={words.storage.tables}
          columns={known ? [words.storage.table, words.storage.rows, words.storage.size] : [words.storage.table, words.storage.rows]}
          rows={storage.tables.map((each) => ({
            key: each.name,
            cells: [words.storage.names[each.name] ?? each.name, number(each.rows), ...(known ? [each.bytes === null ? "" : sizeText(each.bytes)] : [])],
          }))}
        />
        <Table
          title={words.storage.folders}
          columns={[words.storage.folder, words.storage.size]}
          rows={folders.map((each) => ({ key: each.name, cells: [words.storage.places[each.name] ?? each.name, sizeText(each.bytes)] }))}
        />
      </div>
    </>
  );
}
