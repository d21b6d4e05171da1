import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { CheckCircle2, CircleAlert, Info, type LucideIcon } from "lucide-react";
import { accountsQuery } from "@/api/mail/accounts";
import { GMAIL_CONNECT } from "@/api/mail/gmailHealth";
import type { Finding } from "@/api/types";
import { en } from "@/i18n/en";
import { rememberConnecting } from "./connecting";
import classes from "./FindingLine.module.css";

const ICONS: Record<Finding["status"], LucideIcon> = { ok: CheckCircle2, warn: Info, fail: CircleAlert };

/** One check: a sentence, and one thing to do about it where there is one. */
export function FindingLine({ finding }: { finding: Finding }) {
  const accounts = useQuery(accountsQuery);
  const Icon = ICONS[finding.status];
  const account = accounts.data?.items.find(({ id }) => id === finding.mail_account_id);
  const reconnect = account?.provider === "gmail" && finding.status !== "ok" && finding.code.startsWith("gmail.");
  return (
    <li className={classes.line} data-level={finding.status}>
      <Icon size={16} strokeWidth={1.9} role="img" aria-label={en.doctor.levels[finding.status]} className={classes.icon} />
      <div className={classes.said}>
        <p className={classes.sentence}>{finding.sentence}</p>
        {finding.action && finding.status !== "ok" && <p className={classes.action}>{finding.action}</p>}
      </div>
      {reconnect && (
        <Button component="a" href={GMAIL_CONNECT} size="xs" variant="default" onClick={rememberConnecting}>
          {en.mail.reconnect}
        </Button>
      )}
    </li>
  );
}
