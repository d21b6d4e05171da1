import { useEffect, useRef } from "react";
import type { en } from "@/i18n/en";

export type Command =
  | "next"
  | "previous"
  | "open"
  | "board"
  | "select"
  | "create"
  | "stage"
  | "archive"
  | "note"
  | "relink"
  | "undo"
  | "cardUp"
  | "cardDown"
  | "cardLeft"
  | "cardRight"
  | "stageBefore"
  | "stageAfter"
  | "filter"
  | "palette"
  | "help"
  | "escape"
  | "confirm"
  | "later"
  | "undoAnswer"
  | `answer${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9}`
  | "reply"
  | "snooze"
  | "goToday"
  | "goApplications"
  | "goReview"
  | "goAnalytics"
  | "goMail"
  | "goSettings";

export interface Shortcut {
  command: Command;
  /** One key, or two pressed one after the other. `Mod` is Ctrl, or Cmd on a Mac. */
  keys: string[];
  group: keyof typeof en.keys.groups;
  /** Also works while typing. */
  inFields?: boolean;
}

/** The one table of keys; the help sheet is drawn from it. */
export const SHORTCUTS: readonly Shortcut[] = [
  { command: "next", keys: ["j"], group: "list" },
  { command: "previous", keys: ["k"], group: "list" },
  { command: "open", keys: ["Enter"], group: "list" },
  { command: "filter", keys: ["/"], group: "list" },
  { command: "select", keys: ["x"], group: "list" },
  { command: "create", keys: ["c"], group: "anywhere" },
  { command: "cardUp", keys: ["ArrowUp"], group: "board" },
  { command: "cardDown", keys: ["ArrowDown"], group: "board" },
  { command: "cardLeft", keys: ["ArrowLeft"], group: "board" },
  { command: "cardRight", keys: ["ArrowRight"], group: "board" },
  { command: "stageBefore", keys: ["Shift+ArrowLeft"], group: "board" },
  { command: "stageAfter", keys: ["Shift+ArrowRight"], group: "board" },
  { command: "stage", keys: ["s"], group: "application" },
  { command: "note", keys: ["n"], group: "application" },
  { command: "relink", keys: ["l"], group: "application" },
  { command: "archive", keys: ["e"], group: "application" },
  { command: "reply", keys: ["r"], group: "application" },
  { command: "snooze", keys: ["h"], group: "list" },
  { command: "undo", keys: ["z"], group: "application" },
  { command: "confirm", keys: ["Enter"], group: "review" },
  ...([1, 2, 3, 4, 5, 6, 7, 8, 9] as const).map((n): Shortcut => ({ command: `answer${n}`, keys: [String(n)], group: "review" })),
  { command: "later", keys: ["h"], group: "review" },
  { command: "undoAnswer", keys: ["u"], group: "review" },
  { command: "escape", keys: ["Escape"], group: "anywhere" },
  { command: "palette", keys: ["Mod+k"], group: "anywhere", inFields: true },
  { command: "goToday", keys: ["g", "t"], group: "anywhere" },
  { command: "goApplications", keys: ["g", "a"], group: "anywhere" },
  { command: "board", keys: ["g", "b"], group: "anywhere" },
  { command: "goReview", keys: ["g", "r"], group: "anywhere" },
  { command: "goAnalytics", keys: ["g", "y"], group: "anywhere" },
  { command: "goMail", keys: ["g", "m"], group: "anywhere" },
  { command: "goSettings", keys: ["g", "s"], group: "anywhere" },
  { command: "help", keys: ["?"], group: "anywhere" },
];

const CHORD_MS = 900;

export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey?: boolean;
}

/** Which of the commands at hand this key means, given the key before it. */
export function commandFor(press: KeyPress, before: string | null, typing: boolean, atHand: (command: Command) => boolean = () => true): Command | null {
  if (press.altKey) return null;
  const modified = press.ctrlKey || press.metaKey;
  const pressed = modified ? `Mod+${press.key.toLowerCase()}` : press.shiftKey && press.key.startsWith("Arrow") ? `Shift+${press.key}` : press.key;
  const isChord = (s: Shortcut): boolean => s.keys.length === 2 && s.keys[0] === before && s.keys[1] === pressed;
  // The second key of a chord is nothing else, also where the chord itself is not at hand.
  const chord = before !== null && SHORTCUTS.some(isChord);
  const candidates = SHORTCUTS.filter((s) => (!typing || s.inFields) && atHand(s.command));
  return candidates.find((s) => (chord ? isChord(s) : s.keys.length === 1 && s.keys[0] === pressed))?.command ?? null;
}

const startsChord = (key: string): boolean => SHORTCUTS.some((s) => s.keys.length === 2 && s.keys[0] === key);

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

/** On a button or link, Enter belongs to it; in an open menu or dialog, the letters do. */
function belongsToTarget(event: KeyboardEvent): boolean {
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest("[role=menu],[role=dialog]:not([data-keys]),[role=listbox]") && !(event.ctrlKey || event.metaKey)) return true;
  return event.key === "Enter" && target.closest("a,button,[role=button]") !== null && !target.closest("[data-row]");
}

type Commands = Partial<Record<Command, () => void>>;
/** What is mounted now, in the order in which it answers to a key. */
const mounted = new Set<{ readonly current: Commands }>();

/** What the page can do now, as the keys would. */
export function commandsAtHand(): Map<Command, () => void> {
  const found = new Map<Command, () => void>();
  for (const { current } of mounted) {
    for (const [name, run] of Object.entries(current) as [Command, () => void][]) if (!found.has(name)) found.set(name, run);
  }
  return found;
}

/** The keys of a command, as the table has them. */
export const keysOf = (command: Command): readonly string[] | undefined => SHORTCUTS.find((each) => each.command === command)?.keys;

/** Runs the given commands while the component is mounted. */
export function useKeys(commands: Commands): void {
  const current = useRef(commands);
  useEffect(() => {
    current.current = commands;
  });
  useEffect(() => {
    mounted.add(current);
    return () => {
      mounted.delete(current);
    };
  }, []);
  useEffect(() => {
    let before: { key: string; at: number } | null = null;
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || belongsToTarget(event)) return;
      const typing = isTyping(event.target);
      const chord = before && event.timeStamp - before.at < CHORD_MS ? before.key : null;
      before = !typing && startsChord(event.key) ? { key: event.key, at: event.timeStamp } : null;
      const command = commandFor(event, chord, typing, (c) => c in current.current);
      const run = command ? current.current[command] : undefined;
      if (!run) return;
      event.preventDefault();
      run();
    };
    window.addEventListener("keydown", listen);
    return () => {
      window.removeEventListener("keydown", listen);
    };
  }, []);
}
