const MINUTE = 60_000;

function wallClock(at: number, zone: string): number {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    hourCycle: "h23",
  }).formatToParts(new Date(at));
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  return Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute"));
}

/** What a date-and-time field shows for a moment in that zone, like 2026-03-12T10:00. */
export const toField = (iso: string, zone: string): string => new Date(wallClock(Date.parse(iso), zone)).toISOString().slice(0, 16);

/** The moment that such a field means in that zone; null for what is no date. A time that the clocks skip is the one after. */
export function fromField(text: string, zone: string): string | null {
  const wanted = Date.parse(`${text}:00Z`);
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(text) || Number.isNaN(wanted)) return null;
  let at = wanted - (wallClock(wanted, zone) - wanted);
  at += wanted - wallClock(at, zone);
  return new Date(Math.round(at / MINUTE) * MINUTE).toISOString();
}

/** Whether this browser knows a zone of that name. */
export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
