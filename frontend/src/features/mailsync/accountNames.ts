import type { MailAccount } from "@/api/types";
import { en } from "@/i18n/en";

/** What a person calls the account. */
export function nameOf(a: MailAccount): string {
  if (a.is_demo) return en.mail.demoAccount;
  return a.provider === "archive" ? (en.mail.providers.archive ?? a.provider) : a.address || a.provider;
}

/** Whether it is a mailbox elsewhere, which can be read again and again. */
export const isMailbox = (a: MailAccount): boolean => !a.is_demo && a.provider !== "archive";

/** Whether Jobtrail may read it now. */
export const isReadable = (a: MailAccount): boolean => isMailbox(a) && a.connected && !a.needs_reauth;

/** Whether the access was lost, against the person's will. */
export const isLost = (a: MailAccount): boolean => isMailbox(a) && a.connected && a.needs_reauth;
