import { beforeEach, expect, it } from "vitest";
import { setZone } from "./dates";
import { daysToMonday, morningIn } from "./snooze";

beforeEach(() => {
  setZone("Asia/Tokyo");
});

it("puts off until the morning where the person lives", () => {
  const late = new Date("2026-03-02T22:30:00Z"); // Tuesday there
  expect(morningIn(1, late)).toBe("2026-03-03T23:00:00.000Z");
  expect(daysToMonday(late)).toBe(6);
  expect(daysToMonday(new Date("2026-03-02T03:00:00Z"))).toBe(7);
});
