import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { FigureFilter } from "@/api/analytics/filter";
import { type GroupBy, responseRateQuery } from "@/api/analytics/responseRate";
import { en } from "@/i18n/en";
import { type BarRow, Bars } from "./Bars";
import { Figure, FigureState } from "./Figure";
import { groupName, groupTokens, listOf, percent } from "./words";

const SHOWN = 12;

/** How many hear back, by what they have in common, each with its interval. */
export function RateFigure({ filter, onOpen }: { filter: FigureFilter; onOpen: (href: string) => void }) {
  const [by, setBy] = useState<GroupBy>("source");
  const { data, error, refetch } = useQuery(responseRateQuery(filter, by));
  if (!data) return <FigureState error={error} onRetry={() => void refetch()} height={260} />;
  const shown = data.groups.slice(0, SHOWN);
  const left = data.groups.length - shown.length + data.others;
  const hrefOf = (group: string) => listOf(filter, groupTokens(data.group_by, group));
  const rows: BarRow[] = shown.map((rate) => {
    const name = groupName(data.group_by, rate);
    return {
      key: rate.group,
      label: name,
      share: rate.rate ?? 0,
      interval: [rate.low, rate.high],
      text: en.analytics.rates.text(rate.rate ?? 0, rate.applied),
      colour: "var(--accent)",
      pale: rate.few,
      href: hrefOf(rate.group),
      hint: en.analytics.rates.hint(name, rate.responded, rate.applied, percent(rate.low), percent(rate.high)) + (rate.few ? ` ${en.analytics.rates.few}` : ""),
    };
  });
  return (
    <Figure
      onOpen={onOpen}
      title={en.analytics.rates.title(data.all.rate ?? 0, data.all.responded)}
      n={en.analytics.rates.n(data.all.responded, data.all.applied, percent(data.all.low), percent(data.all.high))}
      table={{
        head: [en.analytics.rates.by[data.group_by], ...en.analytics.rates.head],
        rows: data.groups.map((rate) => [
          groupName(data.group_by, rate),
          rate.applied,
          rate.responded,
          rate.rate === null ? null : percent(rate.rate),
          percent(rate.low),
          percent(rate.high),
        ]),
        hrefs: data.groups.map((rate) => hrefOf(rate.group)),
      }}
      fileName={`jobtrail-response-rate-by-${data.group_by}`}
      nothing={data.all.applied === 0 ? en.analytics.nothingSent : null}
      note={[en.analytics.rates.note, rows.some((row) => row.pale) && en.analytics.rates.fewNote, left > 0 && en.analytics.rates.more(left)].filter(Boolean).join(" ")}
      controls={
        <NativeSelect
          size="xs"
          aria-label={en.analytics.rates.choose}
          value={by}
          data={Object.entries(en.analytics.rates.by).map(([value, label]) => ({ value, label }))}
          onChange={(event) => {
            setBy(event.currentTarget.value as GroupBy);
          }}
        />
      }
    >
      <Bars rows={rows} label={en.analytics.rates.label} onOpen={onOpen} />
    </Figure>
  );
}
