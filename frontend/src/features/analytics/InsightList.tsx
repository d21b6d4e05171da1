import { useQuery } from "@tanstack/react-query";
import { Lightbulb } from "lucide-react";
import type { FigureFilter } from "@/api/analytics/filter";
import { insightsQuery } from "@/api/analytics/insights";
import { en } from "@/i18n/en";
import classes from "./InsightList.module.css";
import { OpenLink } from "./OpenLink";
import { groupTokens, listOf, percent } from "./words";

/** What stands out for certain, in at most three sentences. */
export function InsightList({ filter, onOpen }: { filter: FigureFilter; onOpen: (href: string) => void }) {
  const { data } = useQuery(insightsQuery(filter));
  const words = en.analytics.insights;
  return (
    <section className={classes.insights} aria-label={words.title}>
      {data && data.items.length === 0 && <p className={classes.none}>{words.none(data.looked_at)}</p>}
      <ul>
        {data?.items.map((item) => (
          <li key={item.dimension} className={classes.item}>
            <Lightbulb size={16} strokeWidth={1.8} aria-hidden="true" className={classes.icon} />
            <p>
              {item.sentence} <span className={classes.sure}>{words.sure(percent(item.low), percent(item.high), percent(item.other_low), percent(item.other_high))}</span>{" "}
              <OpenLink href={listOf(filter, groupTokens(item.dimension, item.group))} onOpen={onOpen}>
                {words.see}
              </OpenLink>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
