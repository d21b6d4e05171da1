import { QueryClient } from "@tanstack/react-query";
import { describe, expect, it, vi } from "vitest";
import { runsQuery } from "@/api/runs/list";
import { sampleRun } from "@/test/samples";
import { LiveRuns, nextPoll } from "./live";
import type { Verified } from "@/api/types";
import { countsOf, foldRuns, outcomeOf, outlookOf, paceOf, phaseOf, upsertRun, verifiedOf, verifySentence } from "./runs";

describe("words about a run", () => {
  it("say what it does, that it waits, that it stops", () => {
    expect(phaseOf(sampleRun({ state: "queued" }))).toBe("Waiting to start");
    expect(phaseOf(sampleRun())).toBe("Fetching mail");
    expect(phaseOf(sampleRun({ phase: "listing", message: "robin@example.org" }))).toBe("Looking for mail, robin@example.org");
    expect(phaseOf(sampleRun({ waiting_until: new Date(2026, 5, 1, 14, 32).toISOString() }))).toBe("Waiting until 14:32");
    expect(phaseOf(sampleRun({ cancel_requested: true }))).toBe("Stopping");
    expect(phaseOf(sampleRun({ state: "canceled", cancel_requested: true }))).toBe("Canceled");
  });

  it("tell the pace only as far as it is known", () => {
    expect(paceOf(sampleRun())).toEqual([]);
    expect(paceOf(sampleRun({ processed: 1200, total: 2000, rate: 4.83, eta_seconds: 166 }))).toEqual(["1,200 of 2,000", "4.8 a second", "3 min left"]);
  });

  it("count mail, jobs and applications", () => {
    const run = sampleRun({ state: "done", result: { judged: 412, about_jobs: 31, applications_created: 9, known: 5 }, errors: 1, finished_at: "2026-06-10T09:00:40Z" });
    expect(countsOf(run)).toEqual({ read: 412, jobs: 31, applications: 9 });
    expect(outcomeOf(run)).toEqual(["412 read, 31 about jobs, 9 applications", "5 known already", "1 failed", "took 40 s"]);
  });
});

describe("how long it will take", () => {
  const slow = sampleRun({ rate: 4.9, eta_seconds: 1800, result: { units: 400, messages_per_second: 5 } });
  it("names the quota where that sets the pace, and offers another way when it is long", () => {
    expect(outlookOf(slow)).toMatchObject({ text: expect.stringMatching(/^Google allows about 5 messages a second; done at \d\d:\d\d\./), offer: true });
    expect(outlookOf({ ...slow, eta_seconds: 300 })?.offer).toBe(false);
  });
  it("blames nobody where there is no quota, and says nothing of the last minute", () => {
    expect(outlookOf({ ...slow, result: {} })).toMatchObject({ text: expect.stringMatching(/^Done at about/), offer: false });
    expect(outlookOf({ ...slow, rate: 45 })?.text, "the first come faster").toMatch(/^Google allows about 5/);
    expect(outlookOf({ ...slow, eta_seconds: 40 })).toBeNull();
    expect(outlookOf({ ...slow, state: "done" })).toBeNull();
  });
  it("tells why it waits", () => {
    expect(phaseOf(sampleRun({ waiting_until: new Date(2026, 5, 1, 14, 32).toISOString(), message: "The mail provider asks to wait." }))).toBe("Waiting until 14:32. The mail provider asks to wait.");
  });
});

describe("a comparison with the mailbox", () => {
  const today = new Date();
  today.setHours(12, 4);
  const whole: Verified = { complete: true, since: `${today.getFullYear()}-01-03T12:00:00Z`, until: today.toISOString(), missing: [], missing_count: 0, gone_count: 0, fix: null };
  it("says from when to when everything is there", () => {
    expect(verifySentence(whole)).toBe("Complete from 3 Jan to 12:04 today");
    expect(outcomeOf(sampleRun({ kind: "verify", state: "done", result: { ...whole } }))).toEqual(["Complete from 3 Jan to 12:04 today"]);
  });
  it("or how much is missing", () => {
    expect(verifySentence({ ...whole, complete: false, missing_count: 1 })).toMatch(/^1 mail is missing between 3 Jan and 12:04 today$/);
  });
  it("is no result before it is over, nor of other runs", () => {
    expect(verifiedOf(sampleRun({ kind: "verify" }))).toBeNull();
    expect(verifiedOf(sampleRun({ result: { ...whole } }))).toBeNull();
  });
});

describe("the list of runs", () => {
  it("makes one line of syncs in a row that found nothing", () => {
    const quiet = (id: string) => sampleRun({ job_id: id, state: "done" });
    const folded = foldRuns([quiet("5"), quiet("4"), sampleRun({ job_id: "3", state: "done", created: 2 }), quiet("2"), sampleRun({ job_id: "1", state: "error" })]);
    expect(folded.map(({ run, times }) => [run.job_id, times])).toEqual([["5", 2], ["3", 1], ["2", 1], ["1", 1]]);
  });

  it("replaces a known run and puts a new one first", () => {
    const [a, b] = [sampleRun(), sampleRun({ job_id: "b2" })];
    expect(upsertRun([a], { ...a, processed: 7 })).toEqual([{ ...a, processed: 7 }]);
    expect(upsertRun([a], b).map((r) => r.job_id)).toEqual(["b2", "a1"]);
  });
});

describe("live runs", () => {
  it("write the cache and refresh the lists at once when a run ends, not when nothing moved", () => {
    const client = new QueryClient();
    const refreshed = vi.spyOn(client, "invalidateQueries");
    const live = new LiveRuns(client);
    live.apply([sampleRun({ state: "done" })]);
    expect(refreshed).not.toHaveBeenCalled();
    live.apply([sampleRun({ job_id: "b2", created_at: "2026-06-11T09:00:00Z" })]);
    live.apply([sampleRun({ job_id: "b2", created_at: "2026-06-11T09:00:00Z", state: "done" })]);
    expect(refreshed).toHaveBeenCalledWith({ queryKey: ["applications"] });
    expect(client.getQueryData(runsQuery.queryKey)?.items.map((r) => [r.job_id, r.state])).toEqual([["b2", "done"], ["a1", "done"]]);
    live.stop();
  });

  it("polls ever slower, up to ten seconds", () => {
    const waits = [nextPoll(null)];
    while (waits.length < 7) waits.push(nextPoll(waits.at(-1) ?? null));
    expect(waits.slice(0, 3)).toEqual([1500, 2250, 3375]);
    expect(waits.at(-1)).toBe(10_000);
  });
});
