import type { FigureFilter } from "@/api/analytics/filter";
import type { GroupBy, Rate } from "@/api/analytics/responseRate";
import type { Source } from "@/api/types";
import { en } from "@/i18n/en";
import { formatFilter, type Token } from "@/lib/filter";

export const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** The address of the list that holds the applications behind a bar. */
export function listOf(filter: FigureFilter, tokens: readonly Token[]): string {
  const all: Token[] = [...tokens];
  if (filter.source) all.push({ key: "source", value: filter.source });
  if (filter.company) all.push({ key: "figure", value: `employer/${filter.company}` });
  if (filter.archived) all.push({ key: "is", value: "all" });
  if (filter.from) all.push({ key: "after", value: filter.from });
  if (filter.to) all.push({ key: "before", value: dayAfter(filter.to) });
  const unique = all.filter((token, i) => token.key === "figure" || all.findIndex((other) => other.key === token.key) === i);
  return `/applications?q=${encodeURIComponent(formatFilter({ tokens: unique, text: "" }))}`;
}

export function dayAfter(day: string, days = 1): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** What a group is called. */
export function groupName(by: GroupBy, rate: Rate): string {
  if (rate.group === "unknown") return en.analytics.unknown[by];
  if (by === "source") return en.applications.source[rate.group as Source] || rate.group;
  if (by === "weekday") return en.analytics.weekdays[rate.group] ?? rate.group;
  if (by === "industry") return en.analytics.industries[rate.group] ?? rate.group;
  return rate.label ?? sentenceCase(rate.group.replaceAll("_", " "));
}

export const sentenceCase = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Where the applications of a group are. */
export function groupTokens(by: GroupBy, group: string): Token[] {
  const sent: Token = { key: "reached", value: "applied" };
  if (by === "source") return [sent, { key: "source", value: group }];
  if (by === "position_level") return [sent, { key: "level", value: group }];
  return [{ key: "figure", value: `${by}/${group}` }];
}
