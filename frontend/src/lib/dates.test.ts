import { afterEach, describe, expect, it } from "vitest";
import { ago, browserZone, calendarDay, day, daysBetween, due, duration, exact, noonOf, setZone } from "./dates";

const now = new Date(2026, 5, 15, 12, 0);
const at = (day: number, hour = 12, minute = 0) => new Date(2026, 5, day, hour, minute).toISOString();

describe("how long ago", () => {
  it("goes from minutes to days", () => {
    expect([ago(at(15, 11, 59), now), ago(at(15, 11, 30), now), ago(at(15, 3), now), ago(at(12), now)]).toEqual(["1 min", "30 min", "9 h", "3 d"]);
  });
  it("never says zero days", () => {
    expect(ago(at(14, 11), now)).toBe("1 d");
  });
  it("is empty without a date", () => {
    expect(ago(null, now)).toBe("");
  });
});

describe("when it is due", () => {
  it("counts calendar days, not hours", () => {
    expect(due(at(16, 9), now)).toEqual({ text: "tomorrow 09:00", late: false, soon: true });
    expect(due(at(15, 14, 30), now)).toEqual({ text: "today 14:30", late: false, soon: true });
  });
  it("says how late it is", () => {
    expect(due(at(13), now)).toMatchObject({ text: "2 days late", late: true });
    expect(due(at(15, 9), now)).toMatchObject({ late: true });
  });
  it("leaves out a time that was not stated", () => {
    expect(due(at(16, 0), now).text).toBe("tomorrow");
    expect(due(at(16, 23, 59), now).text).toBe("tomorrow");
  });
});

describe("durations", () => {
  it("stay short", () => {
    expect([duration(0.2), duration(40), duration(185), duration(7500)]).toEqual(["1 s", "40 s", "3 min", "2 h 5 min"]);
  });
});

describe("the person's zone", () => {
  afterEach(() => {
    setZone(null);
  });
  const midnight = new Date("2026-06-15T22:30:00Z");

  it("decides what day and time it is, wherever the browser stands", () => {
    setZone("Asia/Tokyo");
    expect(exact(midnight.toISOString())).toBe("Tue, 16 June 2026 at 07:30");
    expect(calendarDay(midnight)).toBe("2026-06-16");
    setZone("America/Los_Angeles");
    expect(exact(midnight.toISOString())).toBe("Mon, 15 June 2026 at 15:30");
    expect([calendarDay(midnight), day(midnight.toISOString(), midnight)]).toEqual(["2026-06-15", "15 Jun"]);
  });
  it("counts its calendar days", () => {
    setZone("Pacific/Auckland");
    expect(daysBetween(new Date("2026-06-15T11:00:00Z"), new Date("2026-06-15T13:00:00Z"))).toBe(1);
    expect(due("2026-06-15T21:00:00Z", new Date("2026-06-15T11:00:00Z")).text).toBe("tomorrow 09:00");
  });
  it("has noon at another moment, also across a change of the clock", () => {
    setZone("Europe/Vienna");
    expect([noonOf("2026-03-28"), noonOf("2026-03-29")]).toEqual(["2026-03-28T11:00:00.000Z", "2026-03-29T10:00:00.000Z"]);
  });
  it("is the browser's own when it is not known here", () => {
    setZone("Moon/Tranquility");
    const local = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: browserZone() }).format(midnight);
    expect(exact(midnight.toISOString())).toContain(local);
  });
});
