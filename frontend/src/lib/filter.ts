import type { ApplicationFilter, Sort } from "@/api/applications/list";
import type { Source, Stage } from "@/api/types";
import { isStage } from "./stages";

export const TOKEN_KEYS = ["stage", "is", "company", "tag", "source", "after", "before", "class", "reached", "level", "figure"] as const;
export type TokenKey = (typeof TOKEN_KEYS)[number];
export interface Token {
  key: TokenKey;
  value: string;
}
export interface Filter {
  tokens: Token[];
  text: string;
}

export const STATES = ["waiting", "stale", "unsure", "pinned", "archived", "all"] as const;
/** Parts of figures, as the server names them. */
const FIGURE = /^(company|employer|industry|weekday|flow|waiting|activity)\/./;
/** The kinds of which several may stand together. */
const MANY: readonly string[] = ["is", "figure"] satisfies TokenKey[];
export const SOURCES: readonly Source[] = ["referral", "linkedin", "indeed", "company_site", "agency", "board", "other", "unknown"];
export const REACHED = ["applied", "assessment", "interview", "offer", "accepted", "rejected", "answer", "silence"] as const;
/** What figures are narrowed to, as the address says. */
export interface Narrowing {
  from?: string;
  to?: string;
  source?: Source;
  company?: string;
  archived?: true;
}
const WORD = /(\w+):("([^"]*)"|\S+)|"[^"]*"|\S+/g;
const DATE = /^\d{4}(-\d{2}(-\d{2})?)?$/;

function toToken(key: string, value: string): Token | null {
  const lower = value.toLowerCase();
  switch (key.toLowerCase()) {
    case "stage":
      return isStage(lower) ? { key: "stage", value: lower } : null;
    case "is":
      return (STATES as readonly string[]).includes(lower) ? { key: "is", value: lower } : null;
    case "after":
    case "before":
      return isDay(value) ? { key: key.toLowerCase() as "after" | "before", value } : null;
    case "company":
    case "tag":
      return value ? { key: key.toLowerCase() as "company" | "tag", value } : null;
    case "source":
      return (SOURCES as readonly string[]).includes(lower) ? { key: "source", value: lower } : null;
    case "reached":
      return (REACHED as readonly string[]).includes(lower) ? { key: "reached", value: lower } : null;
    case "level":
      return value ? { key: "level", value: lower } : null;
    case "figure":
      return FIGURE.test(value) ? { key: "figure", value } : null;
    case "class":
      return value ? { key: "class", value: value.toUpperCase() } : null;
    default:
      return null;
  }
}

/** A year, a month or a day that the calendar has. */
function isDay(value: string): boolean {
  return DATE.test(value) && toDay(value) === dayOf(Date.parse(toDay(value) ?? ""));
}

const dayOf = (moment: number): string | undefined => (Number.isNaN(moment) ? undefined : new Date(moment).toISOString().slice(0, 10));

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
  return { tokens: keepLast(tokens), text: words.join(" ") };
}

/** Of most kinds only the last one counts. */
function keepLast(tokens: readonly Token[]): Token[] {
  return tokens.filter((t, i) => !tokens.some((later, j) => j > i && later.key === t.key && (!MANY.includes(t.key) || later.value === t.value)));
}

export const tokenText = ({ key, value }: Token): string => `${key}:${/\s/.test(value) ? `"${value}"` : value}`;

export function formatFilter({ tokens, text }: Filter): string {
  return [...tokens.map(tokenText), text.trim()].filter(Boolean).join(" ");
}

/** Puts tokens in, in the place of those that they exclude. */
export function addTokens(filter: Filter, tokens: readonly Token[], text = filter.text): Filter {
  return { tokens: keepLast([...filter.tokens, ...tokens]), text };
}

/** Puts a token in, taking out what it excludes: one stage, one `after`; the same token twice takes it out again. */
export function toggleToken(filter: Filter, token: Token): Filter {
  const same = filter.tokens.some((t) => t.key === token.key && t.value === token.value);
  const others = filter.tokens.filter((t) => t.key !== token.key || (MANY.includes(token.key) && t.value !== token.value));
  return { ...filter, tokens: same ? others : [...others, token] };
}

export const stageOf = (filter: Filter): Stage | null => (filter.tokens.find((t) => t.key === "stage")?.value as Stage | undefined) ?? null;
export const isOn = (filter: Filter, state: (typeof STATES)[number]): boolean => filter.tokens.some((t) => t.key === "is" && t.value === state);

/** A month or a year stands for its first day. */
function toDay(value: string | undefined): string | undefined {
  return value && (value.length === 4 ? `${value}-01-01` : value.length === 7 ? `${value}-01` : value);
}

/** The question to the server, without an order. */
export function toFilters(filter: Filter): Omit<ApplicationFilter, "sort"> {
  const one = (key: TokenKey) => filter.tokens.find((t) => t.key === key)?.value;
  const is = (value: (typeof STATES)[number]) => isOn(filter, value) || undefined;
  const figures = filter.tokens.filter((t) => t.key === "figure").map((t) => t.value);
  return {
    stage: one("stage") as Stage | undefined,
    category: one("class"),
    source: one("source") as Source | undefined,
    stale: is("stale"),
    waiting_on: is("waiting") ? "me" : undefined,
    needs_review: is("unsure"),
    pinned: is("pinned"),
    archived: is("all") ? "include" : is("archived"),
    figure: figures.length > 0 ? figures : undefined,
    after: toDay(one("after")),
    before: toDay(one("before")),
    company: one("company"),
    tag: one("tag"),
    reached: one("reached") as (typeof REACHED)[number] | undefined,
    level: one("level"),
    q: filter.text.trim() || undefined,
  };
}

export const toQuery = (filter: Filter, sort: Sort): ApplicationFilter => ({ ...toFilters(filter), sort });
