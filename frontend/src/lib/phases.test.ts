import { describe, expect, it } from "vitest";
import { sampleEvent } from "@/test/samples";
import { toPhases } from "./phases";

const now = new Date("2026-07-01T12:00:00Z");
const applied = sampleEvent({ id: "1", at: "2026-06-01T09:00:00Z", stage: "applied" });
const note = sampleEvent({ id: "2", at: "2026-06-02T09:00:00Z" });
const interview = sampleEvent({ id: "3", at: "2026-06-20T09:00:00Z", stage: "interview" });

describe("phases of a story", () => {
  it("run from stage to stage, newest first, whatever the order that came in", () => {
    const phases = toPhases([applied, interview, note], false, now);
    expect(phases.map((p) => [p.stage, p.days, p.until])).toEqual([
      ["interview", 11, null],
      ["applied", 19, interview.at],
    ]);
  });

  it("name long silences, the one before the next phase and the one up to now", () => {
    const [last, first] = toPhases([interview, note, applied], false, now);
    expect(last?.lines.map((l) => (l.kind === "silence" ? l.days : l.event.id))).toEqual([11, "3"]);
    expect(first?.lines.map((l) => (l.kind === "silence" ? l.days : l.event.id))).toEqual([18, "2", "1"]);
  });

  it("end in no silence when the application has ended", () => {
    const [last] = toPhases([applied, sampleEvent({ id: "4", at: "2026-06-05T09:00:00Z", stage: "rejected" })], true, now);
    expect(last?.lines.every((l) => l.kind === "event")).toBe(true);
  });

  it("begin with everything the opening mail said", () => {
    const said = sampleEvent({ id: "2b", at: interview.at, email_id: 5, type: "interview_requested" });
    const [last, first] = toPhases([applied, said, { ...interview, email_id: 5 }], false, now);
    expect(last?.lines.flatMap((l) => (l.kind === "event" ? [l.event.id] : []))).toEqual(["3", "2b"]);
    expect(first?.lines.flatMap((l) => (l.kind === "event" ? [l.event.id] : []))).toEqual(["1"]);
  });

  it("take in what happened before the first stage", () => {
    const phases = toPhases([sampleEvent({ id: "0", at: "2026-05-30T09:00:00Z" }), applied], false, now);
    expect(phases).toHaveLength(1);
    expect(phases[0]?.stage).toBe("applied");
  });
});
