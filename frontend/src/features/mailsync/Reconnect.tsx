import { Button } from "@mantine/core";
import { CircleAlert } from "lucide-react";
import { GMAIL_CONNECT } from "@/api/mail/gmailHealth";
import type { MailAccount } from "@/api/types";
import { en } from "@/i18n/en";
import { nameOf } from "./accountNames";
import { rememberConnecting } from "./connecting";
import classes from "./Reconnect.module.css";

interface Props {
  account: MailAccount;
  /** Taken back or run out, and not by the person here. */
  lost: boolean;
  onSignIn: () => void;
}

/** The access to a mailbox is gone: what that means, and the one button that mends it. */
export function Reconnect({ account, lost, onSignIn }: Props) {
  return (
    <div className={classes.banner} data-lost={lost || undefined} role={lost ? "alert" : undefined}>
      {lost && <CircleAlert size={16} strokeWidth={1.9} aria-hidden="true" />}
      <p>{lost ? en.mail.reauth(nameOf(account)) : en.mail.disconnected}</p>
      {account.provider === "gmail" && (
        <Button component="a" href={GMAIL_CONNECT} size="xs" variant={lost ? "filled" : "default"} onClick={rememberConnecting}>
          {en.mail.reconnect}
        </Button>
      )}
      {account.provider === "imap" && (
        <Button size="xs" variant={lost ? "filled" : "default"} onClick={onSignIn}>
          {en.mail.signInAgain}
        </Button>
      )}
    </div>
  );
}
