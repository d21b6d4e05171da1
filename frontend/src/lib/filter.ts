import type { ApplicationFilter, Sort } from "@/api/applications/list";
import type { Application, Source, Stage } from "@/api/types";
import { isStage } from "./stages";

export type TokenKey = "stage" | "is" | "company" | "source" | "after" | "before" | "class";
export interface Token {
  key: TokenKey;
  value: string;
}
export interface Filter {
  tokens: Token[];
  text: string;
}

const STATES = new Set(["stale", "waiting", "unsure", "pinned"]);
const SOURCES: ReadonlySet<string> = new Set<Source>(["referral", "linkedin", "indeed", "company_site", "agency", "board", "other", "unknown"]);
const WORD = /(\w+):("([^"]*)"|\S+)|"[^"]*"|\S+/g;
const DATE = /^\d{4}(-\d{2}(-\d{2})?)?$/;

function toToken(key: string, value: string): Token | null {
  const lower = value.toLowerCase();
  switch (key.toLowerCase()) {
    case "stage":
      return isStage(lower) ? { key: "stage", value: lower } : null;
    case "is":
      return STATES.has(lower) ? { key: "is", value: lower } : null;
    case "after":
    case "before":
      return DATE.test(value) ? { key: key.toLowerCase() as "after" | "before", value } : null;
    case "company":
      return value ? { key: "company", value } : null;
    case "source":
      return SOURCES.has(lower) ? { key: "source", value: lower } : null;
    case "class":
      return value ? { key: "class", value: value.toUpperCase() } : null;
    default:
      return null;
  }
}

/** Reads "stage:interview company:\"Blue Fern\" platform" into tokens and free words. An unknown token stays a word. */
export function parseFilter(input: string): Filter {
  const tokens: Token[] = [];
  const words: string[] = [];
  for (const match of input.matchAll(WORD)) {
    const [whole, key, raw, quoted] = match;
    const token = key && raw ? toToken(key, quoted ?? raw) : null;
    if (token) tokens.push(token);
    else words.push(whole);
  }
  return { tokens, text: words.join(" ") };
}

export const tokenText = ({ key, value }: Token): string => `${key}:${/\s/.test(value) ? `"${value}"` : value}`;

export function formatFilter({ tokens, text }: Filter): string {
  return [...tokens.map(tokenText), text.trim()].filter(Boolean).join(" ");
}

/** Puts a token in, taking out what it excludes: one stage, one `after`; the same token twice takes it out again. */
export function toggleToken(filter: Filter, token: Token): Filter {
  const same = filter.tokens.some((t) => t.key === token.key && t.value === token.value);
  const others = filter.tokens.filter((t) => t.key !== token.key);
  return { ...filter, tokens: same ? others : [...others, token] };
}

export const stageOf = (filter: Filter): Stage | null => (filter.tokens.find((t) => t.key === "stage")?.value as Stage | undefined) ?? null;

/** A month or a year stands for its first day. */
const toDay = (value: string | undefined): string | undefined => value && `${value}-01-01`.slice(0, 10);

/** What the server can answer by itself. The rest is checked row by row with `matches`. */
export function toQuery(filter: Filter, sort: Sort): ApplicationFilter {
  const one = (key: TokenKey) => filter.tokens.find((t) => t.key === key)?.value;
  const is = (value: string) => filter.tokens.some((t) => t.key === "is" && t.value === value);
  return {
    stage: one("stage") as Stage | undefined,
    category: one("class"),
    source: one("source") as Source | undefined,
    stale: is("stale") || undefined,
    waiting_on: is("waiting") ? "me" : undefined,
    needs_review: is("unsure") || undefined,
    after: toDay(one("after")),
    before: toDay(one("before")),
    q: filter.text.trim() || one("company") || undefined,
    sort,
  };
}

const isLocal = ({ key, value }: Token): boolean => key === "company" || (key === "is" && value === "pinned");

/** True when the page itself must look at each row, so that all of them have to be loaded. */
export const needsAllRows = (filter: Filter): boolean => filter.tokens.some(isLocal);

/** The tokens the server has no filter for. */
export function matches(filter: Filter, row: Application): boolean {
  return filter.tokens
    .filter(isLocal)
    .every(({ key, value }) => (key === "company" ? (row.company_name ?? "").toLowerCase().includes(value.toLowerCase()) : row.pinned));
}
