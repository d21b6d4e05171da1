/** Shapes of the API, in the words of the product. Times are UTC ISO 8601. */
export type Stage = "saved" | "applied" | "assessment" | "interview" | "offer" | "accepted" | "rejected" | "withdrawn";
export type RunState = "queued" | "running" | "done" | "error" | "canceled";
export type Outcome = "stored" | "known" | "skipped" | "failed" | "deleted" | "restored";

export interface Page<T> {
  items: T[];
  total: number;
  offset: number;
  limit: number;
}
export interface Feed<T> {
  items: T[];
  next_cursor: string | null;
}

export interface Me {
  id: number;
  username: string;
  display_name: string | null;
  email: string | null;
  is_admin: boolean;
  time_zone: string | null;
  locale: string | null;
}
export interface AuthStatus {
  owner_exists: boolean;
  registration: boolean | string;
  authenticated: boolean;
  user: Me | null;
  setup_code_required: boolean;
}

export interface RunResult {
  listed?: number;
  fetched?: number;
  stored?: number;
  known?: number;
  skipped?: number;
  failed?: number;
  judged?: number;
  by_class?: Record<string, number>;
  about_jobs?: number;
  applications_created?: number;
  applications_changed?: number;
  capped?: { found: number; taken: number } | null;
}
export interface Run {
  job_id: string;
  kind: string;
  state: RunState;
  phase: string | null;
  processed: number;
  total: number | null;
  percent: number | null;
  rate: number | null;
  eta_seconds: number | null;
  waiting_until: string | null;
  created: number;
  updated: number;
  deleted: number;
  skipped: number;
  errors: number;
  message: string | null;
  error: { code: string; detail: string } | null;
  attempt: number;
  priority: number;
  created_at: string;
  started_at: string | null;
  finished_at: string | null;
  cancel_requested: boolean;
  result: RunResult | null;
}
export interface Started {
  job_id: string;
  started: boolean;
  status_url: string;
}
export interface LedgerLine {
  id: number;
  provider_message_id: string;
  subject: string | null;
  sender: string | null;
  received_at: string | null;
  outcome: Outcome;
  reason: string | null;
  classification: string | null;
  error: string | null;
  processed_at: string;
}

export interface MailAccount {
  id: number;
  provider: "gmail" | "archive" | "imap";
  address: string | null;
  is_demo: boolean;
  needs_reauth: boolean;
  emails: number;
  last_synced_at: string | null;
  complete_since: string | null;
  created_at: string;
}
export interface GmailHealth {
  status: string;
  gmail_configured: boolean;
}

export interface Application {
  id: number;
  company_name: string | null;
  job_title: string | null;
  position_level: string | null;
  location: string | null;
  salary_text: string | null;
  source: string | null;
  job_url: string | null;
  requisition_id: string | null;
  stage: Stage;
  pinned: boolean;
  category: string | null;
  confidence: number | null;
  received_date: string | null;
  applied_at: string | null;
  assessment_at: string | null;
  interview_at: string | null;
  offer_at: string | null;
  rejected_at: string | null;
  accepted_at: string | null;
  withdrawn_at: string | null;
  last_activity_at: string | null;
  emails: number;
  next_action: { title: string; due_at: string | null } | null;
  requires_action: boolean;
  needs_review: boolean;
  days_in_stage: number | null;
  stale: boolean;
  waiting_on: "me" | "them" | null;
  tags: string[];
  seen: boolean;
}
export interface ActionItem {
  id: number;
  kind: string;
  title: string;
  due_at: string | null;
  link: string | null;
  email_id: number | null;
  done_at: string | null;
}
export interface Interview {
  id: number;
  starts_at: string;
  ends_at: string | null;
  time_zone: string | null;
  place: string | null;
  round: string | null;
  state: string;
  email_id: number | null;
}
export interface StageEvidence {
  email_id: number;
  quote: string;
  at: string;
  sender_name: string | null;
}
export interface ApplicationDetail extends Application {
  action_items: ActionItem[];
  interviews: Interview[];
  contacts: { name: string | null; email: string | null; role: string | null }[];
  stage_evidence: Partial<Record<Stage, StageEvidence>>;
}
export interface ApplicationPatch {
  stage?: Stage;
  at?: string;
  company_name?: string;
  job_title?: string;
  location?: string;
  salary_text?: string;
  source?: string;
  job_url?: string;
  pinned?: boolean;
}
export interface PatchedApplication extends ApplicationDetail {
  decision_ids: number[];
}
export interface RunnerUp {
  email_class: string;
  probability: number;
}
export interface TimelineEvent {
  id: string;
  type: string;
  at: string;
  stage: Stage | null;
  sentence: string;
  cause: "email" | "run" | "user";
  email_id: number | null;
  evidence: { quote: string; field: string; start: number; end: number } | null;
  automatic: boolean;
  decision_id: number | null;
  why: { reasoning: string[]; runner_ups: RunnerUp[]; link_method: string | null; link_score: number | null } | null;
}
export interface Email {
  id: number;
  provider_message_id: string | null;
  mail_account_id: number | null;
  rfc822_message_id: string | null;
  thread_id: string | null;
  direction: "in" | "out";
  subject: string | null;
  sender_name: string | null;
  sender_email: string | null;
  received_at: string;
  snippet: string | null;
  labels: string[];
  is_deleted: boolean;
  email_class: string | null;
  confidence: number | null;
  classified_by: string | null;
  needs_review: boolean;
  application_id: number | null;
  link_method: string | null;
  link_score: number | null;
}
export interface Evidence {
  quote: string;
  field: string;
  start: number;
  end: number;
  label: string | null;
}
export interface EmailDetail extends Email {
  text: string;
  html_available: boolean;
  trackers_blocked: number;
  recipients: unknown;
  attachments: { name: string | null; type: string | null; size: number | null }[];
  verdict: {
    runner_ups: RunnerUp[];
    reasoning: string[];
    evidence: Evidence[];
    unsure: boolean;
    needs_review: boolean;
    classified_by: string | null;
  } | null;
}
export interface Stats {
  total: number;
  applied: number;
  assessments: number;
  interviews: number;
  offers: number;
  accepted: number;
  rejections: number;
  withdrawn: number;
  pending: number;
  needs_review: number;
  action_items: number;
  stale: number;
}
export interface SearchHit {
  kind: "application" | "email";
  id: number;
  application_id: number | null;
  title: string;
  subtitle: string | null;
  snippet: string | null;
  at: string | null;
}
