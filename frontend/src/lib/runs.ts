import type { Run, Verified } from "@/api/types";
import { en } from "@/i18n/en";
import { day, daysBetween, duration, time } from "./dates";

export const isActive = (run: Run): boolean => run.state === "queued" || run.state === "running";

const MAIL_KINDS = new Set(["sync", "backfill", "import", "demo", "fetch"]);
export const readsMail = (run: Run): boolean => MAIL_KINDS.has(run.kind);

export interface Counts {
  read: number;
  jobs: number;
  applications: number;
}

export function countsOf(run: Run): Counts {
  const result = run.result ?? {};
  return {
    read: result.judged ?? result.stored ?? run.created,
    jobs: result.about_jobs ?? 0,
    applications: result.applications_created ?? 0,
  };
}

/** What the run is doing now, in words. */
export function phaseOf(run: Run): string {
  if (run.cancel_requested && isActive(run)) return en.mail.canceling;
  if (run.waiting_until && isActive(run)) return en.runs.waiting(time(run.waiting_until), run.message);
  if (run.state === "queued") return en.runs.phases.queued ?? "";
  if (run.state === "running") {
    const phase = en.runs.phases[run.phase] ?? run.phase;
    return [phase, run.message].filter(Boolean).join(", ") || (en.runs.states.running ?? "");
  }
  return en.runs.states[run.state] ?? run.state;
}

/** "412 of 2,000 · 38 a second · 40 s left", as far as it is known. */
export function paceOf(run: Run): string[] {
  const parts: string[] = [];
  if (run.processed > 0 || run.total !== null) {
    parts.push(en.runs.progress(run.processed.toLocaleString("en"), run.total?.toLocaleString("en") ?? null));
  }
  if (run.rate) parts.push(en.runs.rate(run.rate >= 10 ? Math.round(run.rate).toString() : run.rate.toFixed(1)));
  if (run.eta_seconds !== null) parts.push(en.runs.eta(duration(run.eta_seconds)));
  return parts;
}

/** From here on a mailbox read through a quota is worth another way in. */
const LONG_S = 600;
/** When it will be over, and why it takes that long; `offer` where another way in would be much faster. */
export function outlookOf(run: Run): { text: string; offer: boolean } | null {
  if (run.state !== "running" || run.eta_seconds === null || run.eta_seconds < 60) return null;
  const done = time(new Date(Date.now() + run.eta_seconds * 1000).toISOString());
  const allowed = run.result.messages_per_second;
  if (!allowed) return { text: en.runs.doneAt(done), offer: false };
  return { text: en.runs.quota(Math.max(1, Math.round(allowed)), done), offer: run.eta_seconds > LONG_S };
}

/** What a comparison found; null while it goes on, and for other runs. */
export function verifiedOf(run: Run): Verified | null {
  const result = run.result as Partial<Verified>;
  return run.kind === "verify" && typeof result.complete === "boolean" ? (result as Verified) : null;
}

const clockAndDay = (iso: string): string => (daysBetween(new Date(iso), new Date()) === 0 ? en.verify.today(time(iso)) : en.verify.on(time(iso), day(iso)));

/** "Complete from 3 Jun to 12:04 today", or how much is missing. */
export function verifySentence({ complete, since, until, missing_count }: Verified): string {
  return complete ? en.verify.complete(day(since), clockAndDay(until)) : en.verify.missing(missing_count, day(since), clockAndDay(until));
}

/** A finished run that changed nothing and failed at nothing: many of them say no more than one. */
const saysNothing = (run: Run): boolean =>
  (run.kind === "sync" || run.kind === "deletion_check") && run.state === "done" && run.created + run.updated + run.deleted + run.skipped + run.errors === 0;

/** Runs in a row that found nothing new become one line, the newest standing for them. */
export function foldRuns(runs: readonly Run[]): { run: Run; times: number }[] {
  const folded: { run: Run; times: number }[] = [];
  for (const run of runs) {
    const last = folded.at(-1);
    if (last && saysNothing(run) && saysNothing(last.run) && last.run.kind === run.kind) last.times += 1;
    else folded.push({ run, times: 1 });
  }
  return folded;
}

/** What came of a finished run, in short sentences. */
export function outcomeOf(run: Run): string[] {
  const verified = verifiedOf(run);
  if (verified) return [verifySentence(verified)];
  const parts: string[] = [];
  if (run.kind === "deletion_check" && run.message) parts.push(run.message);
  const { read, jobs, applications } = countsOf(run);
  if (run.kind === "sync" && saysNothing(run)) parts.push(en.runs.nothingNew);
  else if (readsMail(run)) parts.push(en.runs.counts(read, jobs, applications));
  const result = run.result ?? {};
  if (result.known) parts.push(en.runs.known(result.known));
  if (run.skipped) parts.push(en.runs.skipped(run.skipped));
  if (run.errors) parts.push(en.runs.failed(run.errors));
  if (run.started_at && run.finished_at) {
    parts.push(en.runs.took(duration((Date.parse(run.finished_at) - Date.parse(run.started_at)) / 1000)));
  }
  return parts;
}

/** Puts a changed run into a list of runs, newest first. */
export function upsertRun(runs: readonly Run[], run: Run): Run[] {
  const known = runs.some((r) => r.job_id === run.job_id);
  return known ? runs.map((r) => (r.job_id === run.job_id ? run : r)) : [run, ...runs];
}
