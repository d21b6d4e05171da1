import type { ApplicationFilter } from "@/api/applications/list";
import type { Application, Stage } from "@/api/types";
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

const STATES = new Set(["stale", "waiting", "unsure", "unseen", "pinned"]);
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
      return value ? { key: "source", value: lower } : null;
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

/** What the server can answer by itself. The rest is checked row by row with `matches`. */
export function toQuery(filter: Filter, sort: string): ApplicationFilter {
  const one = (key: TokenKey) => filter.tokens.find((t) => t.key === key)?.value;
  return {
    stage: one("stage"),
    category: one("class"),
    source: one("source"),
    q: filter.text.trim() || one("company") || undefined,
    sort,
  };
}

const LOCAL: ReadonlySet<TokenKey> = new Set(["is", "company", "after", "before"]);

/** True when the page itself must look at each row, so that all of them have to be loaded. */
export const needsAllRows = (filter: Filter): boolean => filter.tokens.some((t) => LOCAL.has(t.key));

export function matches(filter: Filter, row: Application): boolean {
  return filter.tokens.every(({ key, value }) => {
    switch (key) {
      case "company":
        return (row.company_name ?? "").toLowerCase().includes(value.toLowerCase());
      case "after":
        return (row.received_date ?? "") >= value;
      case "before":
        return row.received_date !== null && row.received_date.slice(0, value.length) < value;
      case "is":
        if (value === "stale") return row.stale;
        if (value === "waiting") return row.requires_action || row.waiting_on === "me";
        if (value === "unsure") return row.needs_review;
        if (value === "unseen") return !row.seen;
        return row.pinned;
      default:
        return true;
    }
  });
}
