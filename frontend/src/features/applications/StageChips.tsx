import { useQuery } from "@tanstack/react-query";
import { statsQuery } from "@/api/applications/stats";
import type { Stage, Stats } from "@/api/types";
import { StageIcon } from "@/components/StageChip";
import { en } from "@/i18n/en";
import { type Filter, stageOf, toggleToken } from "@/lib/filter";
import classes from "./StageChips.module.css";

const COUNTED: readonly [Stage, keyof Stats][] = [
  ["applied", "applied"],
  ["assessment", "assessments"],
  ["interview", "interviews"],
  ["offer", "offers"],
  ["accepted", "accepted"],
  ["rejected", "rejections"],
  ["withdrawn", "withdrawn"],
];

/** The quick filters, with how many stand at each stage. */
export function StageChips({ filter, onChange, withStages = true }: { filter: Filter; onChange: (filter: Filter) => void; withStages?: boolean }) {
  const { data } = useQuery(statsQuery);
  const chosen = stageOf(filter);
  const is = (value: string) => filter.tokens.some((t) => t.key === "is" && t.value === value);
  const counts = COUNTED.map(([stage, key]) => ({ stage, count: data ? Number(data[key]) : null }));
  return (
    <div className={classes.chips} data-short={!withStages || undefined} role="group" aria-label={en.applications.filter}>
      <button
        type="button"
        className={classes.chip}
        aria-pressed={filter.tokens.length === 0}
        onClick={() => {
          onChange({ ...filter, tokens: [] });
        }}
      >
        {en.applications.all}
        <span className={classes.count}>{data?.total ?? ""}</span>
      </button>
      <button
        type="button"
        className={classes.chip}
        aria-pressed={is("waiting")}
        onClick={() => {
          onChange(toggleToken(filter, { key: "is", value: "waiting" }));
        }}
      >
        {en.applications.needsMe}
      </button>
      {counts
        .filter(({ stage, count }) => (withStages && count) || stage === chosen)
        .map(({ stage, count }) => (
          <button
            key={stage}
            type="button"
            className={classes.chip}
            aria-pressed={chosen === stage}
            onClick={() => {
              onChange(toggleToken(filter, { key: "stage", value: stage }));
            }}
          >
            <StageIcon stage={stage} size={13} />
            {en.stages[stage]}
            <span className={classes.count}>{count ?? ""}</span>
          </button>
        ))}
      {(data?.stale ?? 0) > 0 && (
        <button
          type="button"
          className={classes.chip}
          aria-pressed={is("stale")}
          onClick={() => {
            onChange(toggleToken(filter, { key: "is", value: "stale" }));
          }}
        >
          {en.applications.stale}
          <span className={classes.count}>{data?.stale}</span>
        </button>
      )}
    </div>
  );
}
