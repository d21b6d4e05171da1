import type { Run } from "@/api/types";
import { en } from "@/i18n/en";
import { duration, time } from "./dates";

export const isActive = (run: Run): boolean => run.state === "queued" || run.state === "running";

const MAIL_KINDS = new Set(["sync", "backfill", "import", "demo"]);
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
  if (run.waiting_until && isActive(run)) return en.runs.waiting(time(run.waiting_until));
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

/** What came of a finished run, in short sentences. */
export function outcomeOf(run: Run): string[] {
  const parts: string[] = [];
  const { read, jobs, applications } = countsOf(run);
  if (readsMail(run)) parts.push(en.runs.counts(read, jobs, applications));
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
