import type { Stage, TimelineEvent } from "@/api/types";
import { daysBetween } from "./dates";

/** Shorter pauses are the normal pace of things; from here on the silence is part of the story. */
export const SILENCE_DAYS = 10;

export type Line = { kind: "event"; event: TimelineEvent } | { kind: "silence"; days: number; key: string };
export interface Phase {
  stage: Stage | null;
  from: string;
  /** Null for the phase the application is in now. */
  until: string | null;
  days: number;
  lines: Line[];
}

/** Turns the timeline into phases, newest first. A phase begins with the event that reached its stage. */
export function toPhases(events: readonly TimelineEvent[], ended: boolean, now = new Date()): Phase[] {
  const oldestFirst = [...events].sort((a, b) => a.at.localeCompare(b.at) || a.id.localeCompare(b.id, "en", { numeric: true }));
  const groups: { stage: Stage | null; events: TimelineEvent[] }[] = [];
  for (const event of oldestFirst) {
    const last = groups.at(-1);
    if (!last) groups.push({ stage: event.stage, events: [event] });
    else if (event.stage && last.stage === null) {
      last.stage = event.stage;
      last.events.push(event);
    } else if (event.stage && event.stage !== last.stage) groups.push({ stage: event.stage, events: [...takeSameMail(last.events, event), event] });
    else last.events.push(event);
  }
  const phases = groups.map((group, i): Phase => {
    const from = group.events[0]?.at ?? now.toISOString();
    const until = groups[i + 1]?.events[0]?.at ?? null;
    return { stage: group.stage, from, until, days: daysBetween(new Date(from), until ? new Date(until) : now), lines: withSilence(group.events, until, ended, now) };
  });
  return phases.reverse();
}

/** What the mail that opened a phase said besides belongs to the phase, not to the one before. */
function takeSameMail(before: TimelineEvent[], opening: TimelineEvent): TimelineEvent[] {
  if (opening.email_id === null) return [];
  let from = before.length;
  while (from > 1 && before[from - 1]?.email_id === opening.email_id && before[from - 1]?.at === opening.at) from -= 1;
  return before.splice(from);
}

/** Newest first, with a line for each long pause, the one up to the next phase or up to now included. */
function withSilence(events: readonly TimelineEvent[], until: string | null, ended: boolean, now: Date): Line[] {
  const lines: Line[] = [];
  events.forEach((event, i) => {
    lines.push({ kind: "event", event });
    const next = events[i + 1]?.at ?? until ?? (ended ? null : now.toISOString());
    const days = next ? daysBetween(new Date(event.at), new Date(next)) : 0;
    if (days >= SILENCE_DAYS) lines.push({ kind: "silence", days, key: `silence-${event.id}` });
  });
  return lines.reverse();
}
