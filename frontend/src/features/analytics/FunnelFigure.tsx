import { useQuery } from "@tanstack/react-query";
import type { FigureFilter } from "@/api/analytics/filter";
import { funnelQuery } from "@/api/analytics/funnel";
import { en } from "@/i18n/en";
import { type BarRow, Bars } from "./Bars";
import { Figure, FigureState } from "./Figure";
import { listOf } from "./words";

const STEPS = [
  ["applied", "applied", "--s-applied"],
  ["interview", "assessment", "--s-interview"],
  ["offer", "offer", "--s-offer"],
  ["accepted", "accepted", "--s-accepted"],
  ["rejected", "rejected", "--s-rejected"],
] as const;

/** How far the applications sent got. */
export function FunnelFigure({ filter, onOpen }: { filter: FigureFilter; onOpen: (href: string) => void }) {
  const { data, error, refetch } = useQuery(funnelQuery(filter));
  if (!data) return <FigureState error={error} onRetry={() => void refetch()} height={170} />;
  const n = data.applied.count;
  const rows: BarRow[] = STEPS.map(([step, reached, colour]) => {
    const { count, percent } = data[step];
    const text = percent === null ? "0" : `${count.toLocaleString("en")} · ${Math.round(percent)} %`;
    return {
      key: step,
      label: en.analytics.funnel.steps[step],
      share: n ? count / n : 0,
      text,
      colour: `var(${colour})`,
      href: count ? listOf(filter, [{ key: "reached", value: reached }]) : null,
      hint: en.analytics.funnel.hint(en.analytics.funnel.steps[step], count, n),
    };
  });
  return (
    <Figure
      title={en.analytics.funnel.title(n, data.interview.count, data.offer.count)}
      n={en.analytics.sent(n)}
      table={{ head: en.analytics.funnel.head, rows: STEPS.map(([step]) => [en.analytics.funnel.steps[step], data[step].count, data[step].percent]), hrefs: rows.map((row) => row.href ?? null) }}
      onOpen={onOpen}
      fileName="jobtrail-funnel"
      nothing={n === 0 ? en.analytics.nothingSent : null}
    >
      <Bars rows={rows} label={en.analytics.funnel.label} onOpen={onOpen} scale={false} />
    </Figure>
  );
}
