import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { type Activity, activityQuery, type Bucket } from "@/api/analytics/activity";
import type { FigureFilter } from "@/api/analytics/filter";
import { en } from "@/i18n/en";
import classes from "./ActivityFigure.module.css";
import { Figure, FigureState } from "./Figure";
import { Hover } from "./Hover";
import { dayAfter, listOf } from "./words";

/** What is about the person's applications, in the order it is stacked. The rest is told below the figure. */
const ABOUT = [
  ["APPLICATION_RECEIVED", "--s-applied"],
  ["ASSESSMENT", "--s-assessment"],
  ["INTERVIEW_REQUEST", "--s-interview"],
  ["OFFER", "--s-offer"],
  ["REJECTION", "--s-rejected"],
  ["STATUS_UPDATE", "--s-saved"],
  ["RECRUITER_OUTREACH", "--s-withdrawn"],
] as const;
type Shown = (typeof ABOUT)[number][0];
type Row = Activity["buckets"][number];

const totalOf = (row: Row): number => ABOUT.reduce((sum, [name]) => sum + (row.by_class[name] ?? 0), 0);
const FORMAT = { day: { day: "numeric", month: "short" }, week: { day: "numeric", month: "short" }, month: { month: "short", year: "numeric" } } as const;
const nameOf = (start: string, bucket: Bucket): string => new Date(`${start}T12:00:00Z`).toLocaleDateString("en-GB", { ...FORMAT[bucket], timeZone: "UTC" });

/** Incoming mail by class over time. */
export function ActivityFigure({ filter, onOpen }: { filter: FigureFilter; onOpen: (href: string) => void }) {
  const [bucket, setBucket] = useState<Bucket>("week");
  const { data, error, refetch } = useQuery(activityQuery(filter, bucket));
  if (!data) return <FigureState error={error} onRetry={() => void refetch()} height={260} />;
  const words = en.analytics.activity;
  const used = ABOUT.filter(([name]) => data.by_class[name]);
  const total = used.reduce((sum, [name]) => sum + (data.by_class[name] ?? 0), 0);
  const first = data.buckets.findIndex((row) => totalOf(row) > 0);
  const rows = first < 0 ? [] : data.buckets.slice(first, data.buckets.findLastIndex((row) => totalOf(row) > 0) + 1);
  const busiest = rows.reduce<Row | null>((best, row) => (best === null || totalOf(row) > totalOf(best) ? row : best), null);
  const hrefOf = (row: Row) => {
    const next = data.bucket === "day" ? dayAfter(row.start) : data.bucket === "week" ? dayAfter(row.start, 7) : `${dayAfter(row.start, 32).slice(0, 7)}-01`;
    // Where the bar is cut short by the chosen days, so is the list.
    const begin = filter.from && filter.from > row.start ? filter.from : row.start;
    const end = filter.to && dayAfter(filter.to) < next ? dayAfter(filter.to) : next;
    return listOf({ ...filter, from: undefined, to: undefined }, [{ key: "figure", value: `activity/${begin}..${end}` }]);
  };
  return (
    <Figure
      onOpen={onOpen}
      title={busiest ? words.title(words.called[data.bucket](nameOf(busiest.start, data.bucket)), totalOf(busiest)) : words.empty}
      n={words.n(total)}
      table={{
        head: [words.buckets[data.bucket], ...used.map(([name]) => en.classes[name] ?? name), words.total],
        rows: rows.map((row) => [row.start, ...used.map(([name]) => row.by_class[name] ?? 0), totalOf(row)]),
        hrefs: rows.map(hrefOf),
      }}
      fileName={`jobtrail-activity-by-${data.bucket}`}
      nothing={rows.length === 0 ? words.nothing : null}
      note={words.note(data.total - total)}
      controls={
        <NativeSelect
          size="xs"
          aria-label={words.choose}
          value={bucket}
          data={Object.entries(words.by).map(([value, label]) => ({ value, label }))}
          onChange={(change) => {
            setBucket(change.currentTarget.value as Bucket);
          }}
        />
      }
    >
      <ul className={classes.legend} aria-hidden="true">
        {used.map(([name, colour]) => (
          <li key={name}>
            <span className={classes.dot} style={{ background: `var(${colour})` }} />
            {en.classes[name]} <span className={classes.count}>{data.by_class[name]}</span>
          </li>
        ))}
      </ul>
      <ResponsiveContainer width="100%" height={240}>
        <BarChart
          data={rows as Row[]}
          margin={{ top: 8, right: 4, bottom: 0, left: 0 }}
          accessibilityLayer={false}
          onClick={(state) => {
            const row = rows[Number(state.activeTooltipIndex)];
            if (row) onOpen(hrefOf(row));
          }}
          className={classes.clickable}
        >
          <CartesianGrid stroke="var(--line)" vertical={false} />
          <XAxis dataKey="start" tickFormatter={(start: string) => nameOf(start, data.bucket)} minTickGap={24} tick={{ fill: "var(--ink-3)", fontSize: 12 }} tickLine={false} axisLine={{ stroke: "var(--line-strong)" }} />
          <YAxis allowDecimals={false} width={36} tick={{ fill: "var(--ink-3)", fontSize: 12 }} tickLine={false} axisLine={false} />
          <Tooltip
            cursor={{ fill: "var(--hover)" }}
            isAnimationActive={false}
            content={({ active, payload }) => {
              const row = payload[0]?.payload as Row | undefined;
              return active && row ? (
                <Hover
                  title={words.called[data.bucket](nameOf(row.start, data.bucket))}
                  lines={[...used.filter(([name]) => row.by_class[name]).map(([name]) => `${en.classes[name] ?? name}: ${row.by_class[name] ?? 0}`), words.open]}
                />
              ) : null;
            }}
          />
          {used.map(([name, colour]) => (
            <Bar key={name} dataKey={(row: Row) => row.by_class[name satisfies Shown] ?? 0} name={en.classes[name]} stackId="mail" fill={`var(${colour})`} isAnimationActive={false} maxBarSize={36} />
          ))}
        </BarChart>
      </ResponsiveContainer>
    </Figure>
  );
}
