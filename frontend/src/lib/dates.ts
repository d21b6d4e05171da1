import { en } from "@/i18n/en";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const LOCALE = "en-GB";

const exactFormat = new Intl.DateTimeFormat(LOCALE, { weekday: "short", day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit" });
const timeFormat = new Intl.DateTimeFormat(LOCALE, { hour: "2-digit", minute: "2-digit" });
const dayFormat = new Intl.DateTimeFormat(LOCALE, { day: "numeric", month: "short" });
const dayYearFormat = new Intl.DateTimeFormat(LOCALE, { day: "numeric", month: "short", year: "numeric" });
const monthFormat = new Intl.DateTimeFormat(LOCALE, { month: "long" });
const monthYearFormat = new Intl.DateTimeFormat(LOCALE, { month: "long", year: "numeric" });

const startOfDay = (date: Date): number => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();

/** Calendar days from `from` to `to` in the reader's zone; negative when `to` is earlier. */
export function daysBetween(from: Date, to: Date): number {
  return Math.round((startOfDay(to) - startOfDay(from)) / DAY);
}

/** "now", "5 min", "3 h", "12 d": how long ago, for narrow columns. */
export function ago(iso: string | null, now = new Date()): string {
  if (!iso) return "";
  const then = new Date(iso);
  const passed = now.getTime() - then.getTime();
  if (passed < MINUTE) return en.dates.now;
  if (passed < HOUR) return en.dates.minutes(Math.floor(passed / MINUTE));
  if (passed < DAY) return en.dates.hours(Math.floor(passed / HOUR));
  return en.dates.days(Math.max(1, daysBetween(then, now)));
}

/** "just now", "5 min ago". */
export function since(iso: string | null, now = new Date()): string {
  const text = ago(iso, now);
  return text === en.dates.now ? en.dates.justNow : en.dates.ago(text);
}

/** "12 Mar", with the year when it isn't this one. */
export function day(iso: string, now = new Date()): string {
  const date = new Date(iso);
  return (date.getFullYear() === now.getFullYear() ? dayFormat : dayYearFormat).format(date);
}

export const exact = (iso: string): string => exactFormat.format(new Date(iso));
export const time = (iso: string): string => timeFormat.format(new Date(iso));

/** "June", or "June 2025" when it is another year's. */
export function month(iso: string, now = new Date()): string {
  const date = new Date(iso);
  return (date.getFullYear() === now.getFullYear() ? monthFormat : monthYearFormat).format(date);
}

export interface Due {
  text: string;
  late: boolean;
  soon: boolean;
}

/** When something must be done, in words: "today 14:30", "tomorrow", "in 4 d", "2 days late". */
export function due(iso: string, now = new Date()): Due {
  const date = new Date(iso);
  const days = daysBetween(now, date);
  if (days < 0) return { text: en.dates.late(-days), late: true, soon: true };
  const hasTime = date.getHours() + date.getMinutes() > 0 && !(date.getHours() === 23 && date.getMinutes() === 59);
  const clock = hasTime ? ` ${time(iso)}` : "";
  if (days === 0) return { text: en.dates.today + clock, late: date.getTime() < now.getTime(), soon: true };
  if (days === 1) return { text: en.dates.tomorrow + clock, late: false, soon: true };
  if (days < 14) return { text: en.dates.inDays(days), late: false, soon: days <= 2 };
  return { text: day(iso, now), late: false, soon: false };
}

/** "40 s", "3 min", "2 h 5 min": a duration in seconds. */
export function duration(seconds: number): string {
  if (seconds < 60) return en.dates.seconds(Math.max(1, Math.round(seconds)));
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return en.dates.minutes(minutes);
  const rest = minutes % 60;
  return en.dates.hours(Math.floor(minutes / 60)) + (rest ? ` ${en.dates.minutes(rest)}` : "");
}
