import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { ChartNoAxesColumn } from "lucide-react";
import { useMemo } from "react";
import type { FigureFilter } from "@/api/analytics/filter";
import { funnelQuery } from "@/api/analytics/funnel";
import { Empty } from "@/components/States";
import { ActivityFigure } from "@/features/analytics/ActivityFigure";
import { FilterBar } from "@/features/analytics/FilterBar";
import { FlowFigure } from "@/features/analytics/FlowFigure";
import { FunnelFigure } from "@/features/analytics/FunnelFigure";
import { InsightList } from "@/features/analytics/InsightList";
import { PredictionFigure } from "@/features/analytics/PredictionFigure";
import { RateFigure } from "@/features/analytics/RateFigure";
import { WaitFigure } from "@/features/analytics/WaitFigure";
import { en } from "@/i18n/en";
import classes from "./AnalyticsPage.module.css";

/** What the numbers mean: one figure below the other, all narrowed to what the address says. */
export function AnalyticsPage() {
  const search = useSearch({ from: "/framed/analytics" });
  const navigate = useNavigate();
  const { from, to, source, company, archived } = search;
  const filter = useMemo<FigureFilter>(
    () => ({ from, to, source, company, archived: archived ? "include" : undefined }),
    [from, to, source, company, archived],
  );
  const narrowed = Object.values(filter).some((each) => each !== undefined);
  const funnel = useQuery(funnelQuery(filter));
  if (!narrowed && funnel.data?.applied.count === 0)
    return (
      <div className={classes.page}>
        <h1 className="visually-hidden">{en.analytics.title}</h1>
        <Empty icon={ChartNoAxesColumn} title={en.analytics.emptyTitle} detail={en.analytics.emptyDetail}>
          <Button onClick={() => void navigate({ to: "/mail" })}>{en.analytics.emptyAction}</Button>
        </Empty>
      </div>
    );
  const open = (href: string) => void navigate({ href });
  return (
    <div className={classes.page}>
      <h1 className="visually-hidden">{en.analytics.title}</h1>
      <p className={classes.more}>
        <Link to="/analytics/weekly">{en.weekly.title}</Link>
      </p>
      <FilterBar
        value={search}
        onChange={(next) => {
          void navigate({ to: "/analytics", search: next, replace: true });
        }}
      />
      <InsightList filter={filter} onOpen={open} />
      <div className={classes.pair}>
        <FunnelFigure filter={filter} onOpen={open} />
        <FlowFigure filter={filter} onOpen={open} />
      </div>
      <RateFigure filter={filter} onOpen={open} />
      <WaitFigure filter={filter} onOpen={open} />
      <ActivityFigure filter={filter} onOpen={open} />
      <PredictionFigure filter={filter} onOpen={open} />
    </div>
  );
}
