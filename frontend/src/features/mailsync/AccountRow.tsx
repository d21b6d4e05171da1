import { ActionIcon, Button, Menu } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Archive, Ellipsis, History, Mail, MailX, RefreshCw, ShieldCheck, Sparkle, Trash2 } from "lucide-react";
import { useState } from "react";
import { useRemoveDemo } from "@/api/mail/demo";
import { useVerify } from "@/api/mail/verify";
import { useCheckDeletions } from "@/api/runs/deletions";
import { runsQuery } from "@/api/runs/list";
import { useSync } from "@/api/runs/sync";
import type { Finding, MailAccount } from "@/api/types";
import { useToasts } from "@/components/Toaster";
import { en } from "@/i18n/en";
import { day, exact, since } from "@/lib/dates";
import { verifiedOf } from "@/lib/runs";
import { isLost, isMailbox, isReadable, nameOf } from "./accountNames";
import { Reconnect } from "./Reconnect";
import { ScheduleSwitch } from "./ScheduleSwitch";
import { VerifyResult } from "./VerifyResult";
import classes from "./Accounts.module.css";

export type Dialog = "remove" | "older" | "signIn";

interface Props {
  account: MailAccount;
  /** Whether mail is being read just now. */
  busy: boolean;
  /** What the doctor found about this account that a person should know. */
  findings: readonly Finding[];
  onDialog: (dialog: Dialog, account: MailAccount) => void;
}

/** One source of mail: how far it is read, whether it goes on by itself, and everything that can be asked of it. */
export function AccountRow({ account: a, busy, findings, onDialog }: Props) {
  const [verifying, setVerifying] = useState<string | null>(null);
  const runs = useQuery(runsQuery);
  const sync = useSync();
  const removeDemo = useRemoveDemo();
  const toasts = useToasts();
  const Icon = a.is_demo ? Sparkle : a.provider === "archive" ? Archive : Mail;
  const mailbox = isMailbox(a);
  const readable = isReadable(a);
  const run = runs.data?.items.find(({ job_id }) => job_id === verifying);
  const verified = run && verifiedOf(run);
  const facts = [
    en.mail.emails(a.emails),
    mailbox && (a.last_synced_at ? <span title={exact(a.last_synced_at)}>{en.mail.synced(since(a.last_synced_at))}</span> : en.mail.neverSynced),
    a.complete_since && en.mail.complete(day(a.complete_since)),
  ].filter(Boolean);
  // What the last sync met comes first; the doctor's findings may say the same at more length.
  const troubles = readable ? [a.error, ...findings.map((each) => [each.sentence, each.action].filter(Boolean).join(" "))].filter((text) => text !== null) : [];
  return (
    <li className={classes.row}>
      <span className={classes.icon}>
        <Icon size={16} strokeWidth={1.8} aria-hidden="true" />
      </span>
      <div className={classes.who}>
        <p className={classes.name}>
          <span className={classes.ellipsis}>{nameOf(a)}</span>
          {a.is_demo && <span className={classes.tag}>{en.mail.demo}</span>}
          {mailbox && <span className={classes.tag}>{en.mail.providers[a.provider] ?? a.provider}</span>}
        </p>
        <p className={classes.facts}>
          {facts.map((fact, i) => (
            <span key={i}>{fact}</span>
          ))}
        </p>
        {readable && <ScheduleSwitch account={a} />}
      </div>
      <div className={classes.actions}>
        {a.is_demo && (
          <Button
            variant="default"
            size="xs"
            loading={removeDemo.isPending}
            disabled={busy}
            onClick={() => {
              // This row goes with the demo: what hangs on `mutate` would go with it.
              removeDemo.mutateAsync().then(() => {
                toasts.say(en.mail.demoRemoved);
              }, toasts.fail);
            }}
          >
            {en.mail.removeDemo}
          </Button>
        )}
        {readable && (
          <Button
            variant="default"
            size="xs"
            leftSection={<RefreshCw size={14} aria-hidden="true" />}
            loading={sync.isPending}
            disabled={busy}
            onClick={() => {
              sync.mutate({ account: a.id }, { onError: toasts.fail });
            }}
          >
            {en.mail.syncNow}
          </Button>
        )}
        {!a.is_demo && <AccountMenu account={a} busy={busy} onDialog={onDialog} onVerifying={setVerifying} />}
      </div>
      {(troubles.length > 0 || verified || (mailbox && !readable)) && (
        <div className={classes.below}>
          {mailbox && !readable && (
            <Reconnect
              lost={isLost(a)}
              account={a}
              onSignIn={() => {
                onDialog("signIn", a);
              }}
            />
          )}
          {troubles.map((trouble) => (
            <p key={trouble} className={classes.finding}>
              {trouble}
            </p>
          ))}
          {verified && <VerifyResult account={a} verified={verified} onFixing={setVerifying} />}
        </div>
      )}
    </li>
  );
}

interface MenuProps extends Omit<Props, "findings"> {
  onVerifying: (jobId: string) => void;
}

function AccountMenu({ account: a, busy, onDialog, onVerifying }: MenuProps) {
  const sync = useSync();
  const verify = useVerify();
  const deletions = useCheckDeletions();
  const toasts = useToasts();
  const started = {
    onSuccess: ({ job_id }: { job_id: string }) => {
      onVerifying(job_id);
      toasts.say(en.mail.started);
    },
    onError: toasts.fail,
  };
  const readable = isReadable(a);
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={en.mail.syncMenu(nameOf(a))}>
          <Ellipsis size={16} aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {readable && (
          <>
            <Menu.Item
              leftSection={<ShieldCheck size={15} aria-hidden="true" />}
              onClick={() => {
                verify.mutate({ account: a.id }, started);
              }}
            >
              {en.mail.verify}
            </Menu.Item>
            <Menu.Item
              leftSection={<History size={15} aria-hidden="true" />}
              onClick={() => {
                onDialog("older", a);
              }}
            >
              {en.mail.older}
            </Menu.Item>
            <Menu.Item
              leftSection={<MailX size={15} aria-hidden="true" />}
              onClick={() => {
                deletions.mutate(a.address, started);
              }}
            >
              {en.mail.deletions}
            </Menu.Item>
            <Menu.Item
              leftSection={<RefreshCw size={15} aria-hidden="true" />}
              disabled={busy}
              onClick={() => {
                sync.mutate({ mode: "full", account: a.id }, { onError: toasts.fail });
              }}
            >
              {en.mail.syncFull}
            </Menu.Item>
            <Menu.Divider />
          </>
        )}
        <Menu.Item
          leftSection={<Trash2 size={15} aria-hidden="true" />}
          onClick={() => {
            onDialog("remove", a);
          }}
        >
          {en.mail.remove}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
