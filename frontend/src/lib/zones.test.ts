import { describe, expect, it } from "vitest";
import { fromField, isZone, toField } from "./zones";

describe("fields for a date and time in another zone", () => {
  it.each([
    ["2026-03-12T09:00:00.000Z", "Europe/Berlin", "2026-03-12T10:00"],
    ["2026-07-12T09:00:00.000Z", "Europe/Berlin", "2026-07-12T11:00"],
    ["2026-03-12T20:30:00.000Z", "Asia/Kolkata", "2026-03-13T02:00"],
    ["2026-03-12T02:00:00.000Z", "America/New_York", "2026-03-11T22:00"],
  ])("%s in %s is %s, and back", (iso, zone, text) => {
    expect(toField(iso, zone)).toBe(text);
    expect(fromField(text, zone)).toBe(iso);
  });

  it("moves a time that the clocks skip, and says nothing about what is no time", () => {
    expect(fromField("2026-03-29T02:30", "Europe/Berlin")).toMatch(/^2026-03-29T0[01]:30/);
    expect(fromField("", "UTC")).toBeNull();
    expect(fromField("2026-13-40T99:99", "UTC")).toBeNull();
    expect([isZone("Europe/Berlin"), isZone("Europe/Atlantis")]).toEqual([true, false]);
  });
});
