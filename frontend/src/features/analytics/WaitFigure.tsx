import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Area, CartesianGrid, ComposedChart, Line, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import type { FigureFilter } from "@/api/analytics/filter";
import { type FigureEvent, timeToEventQuery } from "@/api/analytics/timeToEvent";
import { en } from "@/i18n/en";
import { Figure, FigureState } from "./Figure";
import { Hover } from "./Hover";
import { OpenLink } from "./OpenLink";
import { listOf, percent } from "./words";

interface Point {
  day: number;
  still: number;
  band: [number, number];
  at_risk: number;
  events: number;
}

/** How long one waits, counting those who still wait: the estimated curve and its band. */
export function WaitFigure({ filter, onOpen }: { filter: FigureFilter; onOpen: (href: string) => void }) {
  const [event, setEvent] = useState<FigureEvent>("any_response");
  const { data, error, refetch } = useQuery(timeToEventQuery(filter, event));
  if (!data) return <FigureState error={error} onRetry={() => void refetch()} height={280} />;
  const words = en.analytics.waits;
  const points: Point[] = data.curve.map(({ day, still, low, high, at_risk, events }) => ({ day, still, band: [low, high], at_risk, events }));
  const last = data.curve.at(-1);
  const title = !data.enough
    ? words.notEnough(data.sample, data.event)
    : data.half_within !== null
      ? words.half(data.half_within, data.event)
      : words.fewer(percent(1 - (last?.still ?? 1)), last?.day ?? 0, data.event);
  return (
    <Figure
      title={title}
      n={words.n(data.sample, data.waiting)}
      table={{
        head: words.head,
        rows: data.curve.map((p) => [p.day, percent(p.still), percent(p.low), percent(p.high), p.at_risk, p.events]),
      }}
      fileName={`jobtrail-time-to-${data.event}`}
      nothing={data.curve.length === 0 ? words.nothing : null}
      note={
        data.sample > 0 && (
          <>
            {words.spread(data.median, data.p25, data.p75, data.p90)} {words.note}
            {data.waiting > 0 && (
              <>
                {" "}
                <OpenLink href={listOf(filter, [{ key: "figure", value: `waiting/${data.event}` }])} onOpen={onOpen}>
                  {words.see(data.waiting)}
                </OpenLink>
              </>
            )}
          </>
        )
      }
      controls={
        <NativeSelect
          size="xs"
          aria-label={words.choose}
          value={event}
          data={Object.entries(words.events).map(([value, label]) => ({ value, label }))}
          onChange={(change) => {
            setEvent(change.currentTarget.value as FigureEvent);
          }}
        />
      }
    >
      <ResponsiveContainer width="100%" height={280}>
        <ComposedChart data={points} margin={{ top: 12, right: 12, bottom: 20, left: 0 }} accessibilityLayer={false}>
          <CartesianGrid stroke="var(--line)" vertical={false} />
          <XAxis
            dataKey="day"
            type="number"
            domain={[0, "dataMax"]}
            tick={{ fill: "var(--ink-3)", fontSize: 12 }}
            tickLine={false}
            axisLine={{ stroke: "var(--line-strong)" }}
            label={{ value: words.days, position: "insideBottom", offset: -12, fill: "var(--ink-3)", fontSize: 12 }}
          />
          <YAxis domain={[0, 1]} ticks={[0, 0.25, 0.5, 0.75, 1]} tickFormatter={percent} width={52} tick={{ fill: "var(--ink-3)", fontSize: 12 }} tickLine={false} axisLine={false} />
          <Area dataKey="band" type="stepAfter" stroke="none" fill="var(--accent)" fillOpacity={0.16} isAnimationActive={false} activeDot={false} />
          <Line dataKey="still" type="stepAfter" stroke="var(--accent)" strokeWidth={2} dot={false} isAnimationActive={false} activeDot={{ r: 4 }} />
          {data.half_within !== null && (
            <ReferenceLine x={data.half_within} stroke="var(--ink-3)" strokeDasharray="3 3" label={{ value: words.halfMark(data.half_within), position: "insideTopLeft", fill: "var(--ink-2)", fontSize: 12 }} />
          )}
          <Tooltip
            cursor={{ stroke: "var(--line-strong)" }}
            isAnimationActive={false}
            content={({ active, payload }) => {
              const point = payload[0]?.payload as Point | undefined;
              return active && point ? (
                <Hover title={words.after(point.day)} lines={[words.without(percent(point.still), percent(point.band[0]), percent(point.band[1])), words.atRisk(point.at_risk, point.events)]} />
              ) : null;
            }}
          />
        </ComposedChart>
      </ResponsiveContainer>
    </Figure>
  );
}
