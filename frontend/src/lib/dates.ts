import { en } from "@/i18n/en";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const LOCALE = "en-GB";

function makeFormats(timeZone: string | undefined) {
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(LOCALE, { ...options, timeZone });
  const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
  return {
    exact: format({ weekday: "short", day: "numeric", month: "long", year: "numeric", ...clock }),
    time: format(clock),
    day: format({ day: "numeric", month: "short" }),
    dayYear: format({ day: "numeric", month: "short", year: "numeric" }),
    longDay: format({ weekday: "long", day: "numeric", month: "long" }),
    weekday: format({ weekday: "long" }),
    month: format({ month: "long" }),
    monthYear: format({ month: "long", year: "numeric" }),
    parts: format({ year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric", hourCycle: "h23" }),
  };
}

/** The zone of this browser, for a person whose account has none yet. */
export const browserZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

let formats = makeFormats(undefined);

/** From now on dates are told in this zone. A zone this browser doesn't know leaves its own. */
export function setZone(zone: string | null): void {
  try {
    formats = makeFormats(zone ?? undefined);
  } catch {
    formats = makeFormats(undefined);
  }
}

interface Clock {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
}

/** What calendar and clock say at that moment where the person lives. */
function clockAt(date: Date): Clock {
  const parts = Object.fromEntries(formats.parts.formatToParts(date).map(({ type, value }) => [type, Number(value)]));
  return parts as unknown as Clock;
}

const yearOf = (date: Date): number => clockAt(date).year;

function startOfDay(date: Date): number {
  const { year, month, day } = clockAt(date);
  return Date.UTC(year, month - 1, day);
}

/** Calendar days from `from` to `to` in the person's zone; negative when `to` is earlier. */
export function daysBetween(from: Date, to: Date): number {
  return Math.round((startOfDay(to) - startOfDay(from)) / DAY);
}

/** The person's calendar day, like 2026-06-15. */
export function calendarDay(date = new Date()): string {
  return new Date(startOfDay(date)).toISOString().slice(0, 10);
}

/** Noon of a calendar day in the person's zone, as a moment. */
export function noonOf(calendar: string): string {
  const wanted = Date.parse(`${calendar}T12:00:00Z`);
  const { year, month, day, hour, minute } = clockAt(new Date(wanted));
  return new Date(2 * wanted - Date.UTC(year, month - 1, day, hour, minute)).toISOString();
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
  return (yearOf(date) === yearOf(now) ? formats.day : formats.dayYear).format(date);
}

/** "12 Mar" of a calendar day like 2026-03-12, wherever the person lives. */
export const calendarName = (calendar: string): string => day(noonOf(calendar));

const plain = new Intl.DateTimeFormat(LOCALE, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
/** "12 Mar 2026" for a calendar day such as 2026-03-12, wherever that is. */
export const plainDay = (calendar: string): string => plain.format(new Date(`${calendar}T00:00:00Z`));

/** "Monday 2 March". */
export const longDay = (date = new Date()): string => formats.longDay.format(date);

/** "Tuesday" within the last six days, else "12 Mar". */
export function weekday(iso: string, now = new Date()): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return "";
  const days = daysBetween(date, now);
  if (days === 0) return en.dates.today;
  if (days === 1) return en.dates.yesterday;
  return days < 7 && days > 0 ? formats.weekday.format(date) : day(iso, now);
}

export const exact = (iso: string): string => formats.exact.format(new Date(iso));
export const time = (iso: string): string => formats.time.format(new Date(iso));

/** "June", or "June 2025" when it is another year's. */
export function month(iso: string, now = new Date()): string {
  const date = new Date(iso);
  return (yearOf(date) === yearOf(now) ? formats.month : formats.monthYear).format(date);
}

/** The clock time of something still to come; null when it has passed or isn't planned. */
export function upcoming(iso: string | null, now = new Date()): string | null {
  return iso !== null && Date.parse(iso) > now.getTime() ? time(iso) : null;
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
  const { hour, minute } = clockAt(date);
  const hasTime = hour + minute > 0 && !(hour === 23 && minute === 59);
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
