import type { EmailClass, Question } from "@/api/types";

/** In the order of the keys 1 to 9. */
export const CLASSES: readonly EmailClass[] = [
  "APPLICATION_RECEIVED",
  "INTERVIEW_REQUEST",
  "ASSESSMENT",
  "OFFER",
  "REJECTION",
  "STATUS_UPDATE",
  "RECRUITER_OUTREACH",
  "JOB_ALERT",
  "NOT_JOB_RELATED",
];

/** A mail whose class is clear, but not where it belongs. */
export const asksWhere = (question: Question): boolean =>
  question.email.verdict?.review_reason === "which_application" && question.candidates.length > 0;

/** What is still to be asked: without what was answered here, whether or not the server has said so yet. */
export function stillOpen(questions: readonly Question[], answered: ReadonlySet<number>): Question[] {
  return questions
    .filter((question) => !answered.has(question.email.id))
    .map((question) => ({ ...question, alike: question.alike.filter((id) => !answered.has(id)) }));
}

/** The mails that one answer is about. */
export const idsOf = (question: Question, withAlike: boolean): number[] => [question.email.id, ...(withAlike ? question.alike : [])];
