import { NativeSelect, SegmentedControl, Switch, TextInput } from "@mantine/core";
import { useState } from "react";
import type { Source } from "@/api/types";
import { en } from "@/i18n/en";
import { calendarDay } from "@/lib/dates";
import { type Narrowing, SOURCES } from "@/lib/filter";
import classes from "./FilterBar.module.css";
import { dayAfter } from "./words";

const PERIODS = { all: null, year: 365, half: 182, quarter: 91 } as const;
type Period = keyof typeof PERIODS | "own";

/** What the figures below are narrowed to. */
export function FilterBar({ value, onChange }: { value: Narrowing; onChange: (next: Narrowing) => void }) {
  const words = en.analytics.filter;
  const today = calendarDay();
  const startOf = (period: keyof typeof PERIODS) => (PERIODS[period] === null ? undefined : dayAfter(today, -PERIODS[period]));
  const known = (Object.keys(PERIODS) as (keyof typeof PERIODS)[]).find((period) => startOf(period) === value.from && value.to === undefined);
  const [own, setOwn] = useState(known === undefined);
  const period: Period = own ? "own" : (known ?? "own");
  const [company, setCompany] = useState(value.company ?? "");
  const sayCompany = () => {
    if (company.trim() !== (value.company ?? "")) onChange({ ...value, company: company.trim() || undefined });
  };
  return (
    <div className={classes.bar} role="group" aria-label={words.label}>
      <SegmentedControl
        size="xs"
        aria-label={words.period}
        value={period}
        data={[...(Object.keys(PERIODS) as Period[]), "own" as const].map((each) => ({ value: each, label: words.periods[each] }))}
        onChange={(next) => {
          setOwn(next === "own");
          if (next !== "own") onChange({ ...value, from: startOf(next as keyof typeof PERIODS), to: undefined });
        }}
      />
      {period === "own" && (
        <>
          {(["from", "to"] as const).map((end) => (
            <TextInput
              key={end}
              type="date"
              size="xs"
              aria-label={words[end]}
              value={value[end] ?? ""}
              onChange={(event) => {
                onChange({ ...value, [end]: event.currentTarget.value || undefined });
              }}
            />
          ))}
        </>
      )}
      <NativeSelect
        size="xs"
        aria-label={words.source}
        value={value.source ?? ""}
        data={[{ value: "", label: words.anySource }, ...SOURCES.map((source) => ({ value: source as string, label: en.applications.source[source] || words.unknownSource }))]}
        onChange={(event) => {
          onChange({ ...value, source: (event.currentTarget.value || undefined) as Source | undefined });
        }}
      />
      <TextInput
        size="xs"
        aria-label={words.company}
        placeholder={words.company}
        value={company}
        onChange={(event) => {
          setCompany(event.currentTarget.value);
        }}
        onBlur={sayCompany}
        onKeyDown={(event) => {
          if (event.key === "Enter") sayCompany();
        }}
      />
      <Switch
        size="xs"
        label={words.archived}
        checked={value.archived ?? false}
        onChange={(event) => {
          onChange({ ...value, archived: event.currentTarget.checked || undefined });
        }}
      />
    </div>
  );
}
