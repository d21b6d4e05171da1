import type { components } from "./schema";

type Schemas = components["schemas"];

/** Names for the generated shapes, narrowed where the description says only "text" or "object". */
export type Stage = Schemas["Stage"];
export type Source = Schemas["Source"];
export type Outcome = Schemas["Outcome"];
export type RunState = "queued" | "running" | "done" | "error" | "canceled";

export interface Page<T> {
  items: T[];
  total: number;
  offset: number;
  limit: number;
}
export interface Feed<T> {
  items: T[];
  next_cursor?: string | null;
}

export type Me = Schemas["UserOut"];
export type AuthStatus = Schemas["StatusOut"];
export type LoginSession = Schemas["SessionOut"];
export type ApiKey = Schemas["ApiKeyOut"];
export type Account = Schemas["AccountOut"];
export type NewAccount = Schemas["AccountIn"];

/** What a run that reads mail tells about itself; filled while it goes on. */
export interface RunResult {
  known?: number;
  stored?: number;
  judged?: number;
  about_jobs?: number;
  applications_created?: number;
  applications_changed?: number;
  /** What a provider with a quota was charged; nobody else counts units. */
  units?: number;
  /** What that quota allows in the long run; nobody else tells it. */
  messages_per_second?: number;
  capped?: { found: number; taken: number } | null;
  /** How many more mails of the same sender were left out, once a person said that one of them was job mail. */
  others_from_sender?: number;
  /** Mail that was read again: how it was sorted before and after, and what became of it. */
  before?: Record<string, number>;
  after?: Record<string, number>;
  preview?: boolean;
  looked_at?: number;
  changed?: number;
  accepted?: number;
  overtaken?: number;
  kept_by_you?: number;
  fetched_again?: number;
  not_at_source?: number;
  /** What came home with an archive, table by table. */
  rows?: Record<string, number>;
  /** An import of a table: the decision that takes it back, and how many rows were not taken. */
  decision_id?: number | null;
  left_out?: number;
  /** Where an export to Google Sheets stands. */
  url?: string;
  llm?: { left_to_local?: number; problem?: { code: string; detail: string } | null };
}
/** What a comparison with the mailbox found. */
export interface Verified {
  complete: boolean;
  since: string;
  until: string;
  missing: { id: string; day: string; reason: string | null }[];
  missing_count: number;
  gone_count: number;
  fix: { kind: "fetch" | "deletions"; job_id: string | null } | null;
}
export type Run = Schemas["RunOut"] & { state: RunState; result: RunResult };
export type Started = Schemas["RunStarted"];
export type LedgerLine = Schemas["LedgerLine"] & { outcome: Outcome };

export type Upload = Schemas["UploadOut"];

export type Schedule = Schemas["ScheduleOut"];
export type Finding = Schemas["FindingOut"];
export type Doctor = Schemas["DoctorOut"];

export type ImapConnect = Schemas["ImapConnect"];
export type ImapPreset = Schemas["ImapPreset"];
export type ImapSecurity = Schemas["Security"];

export type MailAccount = Schemas["MailAccountOut"];

export type Application = Schemas["ApplicationOut"] & { stage: Stage };
export type ApplicationDetail = Schemas["ApplicationDetail"] & { stage: Stage };
export type ApplicationPatch = Schemas["ApplicationPatch"];
export type Note = Schemas["NoteOut"];
export type Person = Schemas["ContactOut"];
export type SavedView = Schemas["ViewOut"];
export type NewApplication = Schemas["ApplicationIn"];
export type BulkAction = Omit<Schemas["BulkIn"], "ids">;
export type Decision = Schemas["DecisionOut"];
export type BoardColumn = Schemas["BoardColumn"];
export interface RunnerUp {
  email_class: string;
  probability: number;
}
export type Why = Omit<Schemas["WhyOut"], "runner_ups"> & { runner_ups: RunnerUp[] };
export type TimelineEvent = Omit<Schemas["TimelineLineOut"], "why"> & { stage: Stage | null; why: Why | null };
export type CsvWish = Schemas["CsvWish"];
export type SheetsWish = Schemas["SheetsWish"];
export type SheetsStanding = Omit<Schemas["SheetsStanding"], "newest"> & { newest: Run | null };
export type TablePreview = Omit<Schemas["TablePreview"], "words" | "rows"> & { words: { word: string; rows: number; stage: Stage | null }[]; rows: TableRow[] };
export type TableRow = Omit<Schemas["TableRow"], "stage"> & { stage: Stage | null };
export type TableFate = TableRow["fate"];
export type TableTarget = NonNullable<Schemas["TableColumn"]["target"]>;
/** What a person says about a table; null leaves it to be guessed. */
export interface TableChoices {
  columns: (TableTarget | null)[] | null;
  stages: Record<string, Stage | null> | null;
  date_order: "dmy" | "mdy" | null;
  duplicates: "skip" | "add";
  leave_out: number[];
}
export type WeeklyReport = Schemas["WeeklyReport"];
export type ReportWeek = Schemas["ReportWeek"];
export type Email = Schemas["EmailOut"];
export type EmailDetail = Omit<Schemas["EmailDetail"], "attachments"> & { attachments: { name?: string; type?: string; size?: number }[] };
export type Stats = Schemas["Stats"];
export type SearchHit = Schemas["SearchHit"];

export type EmailClass = Schemas["EmailClass"];
export type Question = Omit<Schemas["QuestionOut"], "email"> & { email: EmailDetail };
export type Sample = Schemas["SampleOut"];

export type LlmSettings = Schemas["LlmSettingsOut"];
export type LlmCall = Schemas["LlmCallOut"];
export type ClassifierPatch = Schemas["ClassifierPatch"];
export type ReprocessRequest = Partial<Schemas["ReprocessStartRequest"]>;
export type ReprocessEstimate = Schemas["ReprocessEstimate"];
export type ReprocessChange = Schemas["ChangeOut"];
export type ReprocessPreview = Schemas["PreviewOut"];
export type AcceptRequest = Schemas["AcceptRequest"];
export type Agenda = Schemas["AgendaOut"];
export type AgendaLine = Schemas["AgendaLineOut"];
export type News = Schemas["NewsOut"];
export type Interview = Schemas["ApplicationDetail"]["interviews"][number];
export type InterviewPatch = Schemas["InterviewPatch"];
export type ScheduleIn = Schemas["InterviewToSchedule"];
export type Scheduled = Schemas["InterviewScheduled"];
export type ReplyIn = Schemas["ReplyIn"];
export type ReminderPatch = Schemas["ReminderPatch"];
export type ReplyPlan = Schemas["ReplyPlan"];
export type TemplateKey = Schemas["TemplateOut"]["key"];
export type Template = Schemas["TemplateOut"];

/** Somebody's run as an admin sees it: its `result` is always empty. */
export type AdminRun = Run & { user_id: number; username: string; holder: string | null };
export type AdminMetrics = Schemas["MetricsOut"];
