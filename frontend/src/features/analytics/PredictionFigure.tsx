import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { FigureFilter } from "@/api/analytics/filter";
import { type Predicted, type Predictions, predictionQuery } from "@/api/analytics/prediction";
import { Problem } from "@/api/problem";
import type { Source } from "@/api/types";
import { en } from "@/i18n/en";
import { type BarRow, Bars } from "./Bars";
import { Figure, FigureState } from "./Figure";
import classes from "./PredictionFigure.module.css";
import { percent, sentenceCase } from "./words";

/** Which open applications are likely to lead somewhere, why, and how far that can be trusted. */
export function PredictionFigure({ filter, onOpen }: { filter: FigureFilter; onOpen: (href: string) => void }) {
  const { data, error, refetch } = useQuery(predictionQuery(filter));
  const [explained, setExplained] = useState<number | null>(null);
  const words = en.analytics.prediction;
  if (error instanceof Problem && error.code === "prediction.unavailable")
    return (
      <Figure title={words.unavailable} n={words.unavailableDetail} table={{ head: [], rows: [] }} fileName="" nothing={words.unavailableWhy}>
        {null}
      </Figure>
    );
  if (!data) return <FigureState error={error} onRetry={() => void refetch()} height={200} />;
  const title = data.ready ? words.title(data.items[0]?.company_name ?? words.unnamed, percent(data.items[0]?.probability ?? 0)) : words.silent[data.reason ?? "computing"];
  const rows: BarRow[] = data.items.map((item) => ({
    key: String(item.application_id),
    label: item.company_name ?? words.unnamed,
    share: item.probability,
    text: percent(item.probability),
    colour: "var(--accent)",
    href: `/applications/${item.application_id}`,
    hint: words.hint(item.company_name ?? words.unnamed, item.job_title, percent(item.probability)),
  }));
  const nothing = data.ready ? (data.items.length === 0 ? words.noneOpen : null) : (data.detail ?? words.silent.computing);
  return (
    <Figure
      onOpen={onOpen}
      title={data.ready && data.items.length === 0 ? words.noneOpen : title}
      n={data.card ? words.n(data.card.n, data.card.successes) : words.computing}
      table={{
        head: words.head,
        rows: data.items.map((item) => [item.company_name ?? words.unnamed, item.job_title, percent(item.probability), ...item.features.map((f) => f.contribution)]),
        hrefs: rows.map((row) => row.href ?? null),
      }}
      fileName="jobtrail-prediction"
      nothing={nothing}
      note={data.card && <Card data={data} />}
    >
      <Bars rows={rows} label={words.label} onOpen={onOpen} />
      <ul className={classes.why}>
        {data.items.slice(0, 5).map((item) => (
          <li key={item.application_id}>
            <Button
              variant="subtle"
              size="compact-sm"
              aria-expanded={explained === item.application_id}
              onClick={() => {
                setExplained(explained === item.application_id ? null : item.application_id);
              }}
            >
              {words.why(item.company_name ?? words.unnamed)}
            </Button>
            {explained === item.application_id && <Why item={item} />}
          </li>
        ))}
      </ul>
    </Figure>
  );
}

function Why({ item }: { item: Predicted }) {
  const words = en.analytics.prediction;
  const value = ({ name, value }: Predicted["features"][number]) => {
    if (value === null || value === "unknown" || value === "none") return words.unknown;
    if (typeof value === "number") return en.many(value, "day", "days");
    if (name === "category") return (en.classes as Record<string, string>)[value] ?? value;
    if (name === "source") return en.applications.source[value as Source] || value;
    return sentenceCase(value.replaceAll("_", " "));
  };
  return (
    <dl className={classes.features}>
      {[...item.features]
        .sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution))
        .map((feature) => (
          <div key={feature.name}>
            <dt>
              {words.features[feature.name]}: {value(feature)}
            </dt>
            <dd>{words.moves(feature.contribution)}</dd>
          </div>
        ))}
    </dl>
  );
}

function Card({ data }: { data: Predictions }) {
  const words = en.analytics.prediction;
  const { card } = data;
  if (!card) return null;
  return (
    <section className={classes.card} aria-label={words.card}>
      <h3 className={classes.cardTitle}>{words.card}</h3>
      <dl className={classes.facts}>
        <Fact label={words.facts.outcomes} value={words.outcomes(card.n, card.successes)} />
        <Fact label={words.facts.base} value={card.base_rate === null ? en.analytics.none : percent(card.base_rate)} />
        <Fact label={words.facts.brier} value={card.brier?.toFixed(3) ?? en.analytics.none} />
        <Fact label={words.facts.brierBase} value={card.brier_base_rate?.toFixed(3) ?? en.analytics.none} />
        <Fact label={words.facts.ready} value={card.ready ? words.yes : words.no} />
      </dl>
      <p>{words.method(card.cutoff_day, card.folds)}</p>
    </section>
  );
}

function Fact({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}
