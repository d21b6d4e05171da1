import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Inbox } from "lucide-react";
import { useState } from "react";
import { doctorQuery } from "@/api/doctor";
import { accountsQuery } from "@/api/mail/accounts";
import type { MailAccount } from "@/api/types";
import { Empty, Failure } from "@/components/States";
import { en } from "@/i18n/en";
import { isMailbox } from "./accountNames";
import { AccountRow, type Dialog } from "./AccountRow";
import { ImapForm } from "./ImapForm";
import { OlderMail } from "./OlderMail";
import { RemoveAccount } from "./RemoveAccount";
import classes from "./Accounts.module.css";

interface Props {
  /** Whether mail is being read just now. */
  busy: boolean;
  onStarted: (jobId: string) => void;
}

/** Every source of mail, or how to get one. */
export function Accounts({ busy, onStarted }: Props) {
  const { data, error, refetch } = useQuery(accountsQuery);
  const doctor = useQuery({ ...doctorQuery, enabled: data?.items.some(isMailbox) ?? false });
  const [dialog, setDialog] = useState<{ name: Dialog; account: MailAccount } | null>(null);
  if (error && !data) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!data) {
    return (
      <div className={classes.row} aria-hidden="true">
        <Skeleton width="2rem" height="2rem" />
        <div>
          <Skeleton width="12rem" height="0.75rem" my="0.25rem" />
          <Skeleton width="18rem" height="0.6875rem" my="0.25rem" />
        </div>
      </div>
    );
  }
  if (data.items.length === 0) return <Empty icon={Inbox} title={en.mail.accountsEmptyTitle} detail={en.mail.accountsEmptyDetail} />;
  const close = () => {
    setDialog(null);
  };
  const chosen = (name: Dialog) => (dialog?.name === name ? dialog.account : null);
  return (
    <>
      <ul>
        {data.items.map((account) => (
          <AccountRow
            key={account.id}
            account={account}
            busy={busy}
            findings={(doctor.data?.items ?? []).filter((each) => each.mail_account_id === account.id && each.status !== "ok")}
            onDialog={(name, about) => {
              setDialog({ name, account: about });
            }}
          />
        ))}
      </ul>
      <RemoveAccount account={chosen("remove")} onClose={close} />
      <OlderMail account={chosen("older")} onClose={close} />
      <ImapForm key={chosen("signIn")?.id} opened={dialog?.name === "signIn"} account={chosen("signIn")} onClose={close} onStarted={onStarted} />
    </>
  );
}
