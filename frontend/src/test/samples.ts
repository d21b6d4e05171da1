import type { Application, Run, TimelineEvent } from "@/api/types";

/** A plain application, changed where a test cares. */
export function sampleApplication(change: Partial<Application> = {}): Application {
  return {
    id: 1, company_name: "Northwind Atlas", job_title: "Backend Engineer", position_level: null, location: null, salary_text: null, source: "unknown",
    job_url: null, requisition_id: null, stage: "applied", pinned: false, category: "APPLICATION_RECEIVED", confidence: 0.9,
    received_date: "2026-06-10T09:00:00Z", applied_at: "2026-06-10T09:00:00Z", assessment_at: null, interview_at: null, offer_at: null, rejected_at: null,
    accepted_at: null, withdrawn_at: null, last_activity_at: "2026-06-10T09:00:00Z", emails: 1, next_action: null, requires_action: false,
    needs_review: false, days_in_stage: 3, stale: false, waiting_on: null, tags: [], seen: true, archived_at: null,
    deleted_at: null, ...change,
  };
}

export function sampleRun(change: Partial<Run> = {}): Run {
  return {
    job_id: "a1", kind: "sync", state: "running", phase: "fetching", processed: 0, total: null, percent: null, rate: null, eta_seconds: null,
    waiting_until: null, created: 0, updated: 0, deleted: 0, skipped: 0, errors: 0, message: "", error: null, attempt: 1, priority: 0,
    created_at: "2026-06-10T09:00:00Z", started_at: "2026-06-10T09:00:00Z", finished_at: null, cancel_requested: false, result: {}, ...change,
  };
}

export function sampleEvent(change: Partial<TimelineEvent> = {}): TimelineEvent {
  return {
    id: "1", type: "stage_changed", at: "2026-06-10T09:00:00Z", stage: null, sentence: "Something happened", cause: "email", email_id: null,
    evidence: null, automatic: true, decision_id: null, why: null, ...change,
  };
}
