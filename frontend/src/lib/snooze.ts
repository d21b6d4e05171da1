import { calendarDay, noonOf } from "./dates";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Eight in the morning, so many days from now, where the person lives. */
export function morningIn(days: number, now = new Date()): string {
  const calendar = calendarDay(new Date(now.getTime() + days * DAY));
  return new Date(Date.parse(noonOf(calendar)) - 4 * HOUR).toISOString();
}

/** How many days until next Monday, at least one. */
export function daysToMonday(now = new Date()): number {
  const weekday = new Date(`${calendarDay(now)}T12:00:00Z`).getUTCDay();
  return (8 - weekday) % 7 || 7;
}
