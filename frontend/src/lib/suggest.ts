import { en } from "@/i18n/en";
import { REACHED, SOURCES, STATES, TOKEN_KEYS, tokenText } from "./filter";
import { STAGES } from "./stages";

export interface Suggestion {
  /** What the word under the cursor becomes; ends in ":" when a value has yet to be said. */
  insert: string;
  meaning: string;
}
/** What is known to choose from. */
export interface Known {
  companies: readonly string[];
  tags: readonly string[];
}

const MOST = 8;
const MONTHS = 6;

/** The word that the end of the text is in the middle of; a quotation counts as one. */
export function lastWordOf(text: string): string {
  return /(?:\w+:)?"[^"]*$|\S*$/.exec(text)?.[0] ?? "";
}

/** What the word being typed may become: a kind of token, or the values of the kind that stands there. */
export function suggest(word: string, known: Known, now = new Date()): Suggestion[] {
  const colon = word.indexOf(":");
  const typed = word.slice(colon + 1).replace(/^"/, "").toLowerCase();
  if (colon < 0) return kinds(word.toLowerCase());
  const key = word.slice(0, colon).toLowerCase();
  const from = (values: readonly (readonly [string, string])[]) =>
    values.filter(([value, meaning]) => value.toLowerCase().includes(typed) || meaning.toLowerCase().startsWith(typed));
  const of = (found: readonly (readonly [string, string])[]): Suggestion[] =>
    found.slice(0, MOST).map(([value, meaning]) => ({ insert: tokenText({ key: key as (typeof TOKEN_KEYS)[number], value }), meaning }));
  switch (key) {
    case "stage":
      return of(from(STAGES.map((stage) => [stage, en.stages[stage]])));
    case "is":
      return of(from(STATES.map((state) => [state, en.applications.tokens.states[state]])));
    case "source":
      return of(from(SOURCES.map((source) => [source, en.applications.source[source] || en.applications.tokens.sourceUnknown])));
    case "reached":
      return of(from(REACHED.map((reached) => [reached, en.applications.tokens.reached[reached]])));
    case "class":
      return of(from(Object.entries(en.classes)));
    case "company":
      return of(from(unique(known.companies).map((name) => [name, ""])));
    case "tag":
      return of(from(unique(known.tags).map((name) => [name, ""])));
    case "after":
    case "before":
      return of(from(months(now)));
    default:
      return [];
  }
}

function kinds(start: string): Suggestion[] {
  return TOKEN_KEYS.filter((key) => key !== "figure" && key.startsWith(start)).map((key) => ({ insert: `${key}:`, meaning: en.applications.tokens.kinds[key] }));
}

const unique = (names: readonly string[]): string[] => [...new Map(names.map((name) => [name.toLowerCase(), name])).values()].sort((a, b) => a.localeCompare(b));

/** The first days of this month and of those before it. */
function months(now: Date): [string, string][] {
  return Array.from({ length: MONTHS }, (_, back) => {
    const first = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back, 1));
    return [first.toISOString().slice(0, 7), first.toLocaleDateString("en-GB", { month: "long", year: "numeric", timeZone: "UTC" })];
  });
}
