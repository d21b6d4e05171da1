import { ActionIcon, Button, Menu, Modal, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Archive, Ellipsis, Inbox, Mail, RefreshCw, Sparkle, Trash2 } from "lucide-react";
import { useState } from "react";
import { accountsQuery } from "@/api/mail/accounts";
import { useRemoveDemo } from "@/api/mail/demo";
import { GMAIL_CONNECT } from "@/api/mail/gmailHealth";
import { useRemoveAccount } from "@/api/mail/removeAccount";
import { useSync } from "@/api/runs/sync";
import type { MailAccount } from "@/api/types";
import { Empty, Failure } from "@/components/States";
import { useToasts } from "@/components/Toaster";
import { en } from "@/i18n/en";
import { day, exact, since } from "@/lib/dates";
import { rememberConnecting } from "./connecting";
import classes from "./Accounts.module.css";

const nameOf = (a: MailAccount): string =>
  a.is_demo ? en.mail.demoAccount : a.provider === "archive" ? (en.mail.providers.archive ?? a.provider) : (a.address || a.provider);

export function Accounts({ busy }: { busy: boolean }) {
  const { data, error, refetch } = useQuery(accountsQuery);
  const [removing, setRemoving] = useState<MailAccount | null>(null);
  if (error && !data) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!data) {
    return (
      <div className={classes.row} aria-hidden="true">
        <Skeleton width="2rem" height="2rem" />
        <div>
          <Skeleton width="12rem" height="0.75rem" />
          <Skeleton width="18rem" height="0.6875rem" mt="0.5rem" />
        </div>
      </div>
    );
  }
  if (data.items.length === 0) return <Empty icon={Inbox} title={en.mail.accountsEmptyTitle} detail={en.mail.accountsEmptyDetail} />;
  return (
    <>
      <ul>
        {data.items.map((account) => (
          <Account key={account.id} account={account} busy={busy} onRemove={setRemoving} />
        ))}
      </ul>
      <RemoveAccount
        account={removing}
        onClose={() => {
          setRemoving(null);
        }}
      />
    </>
  );
}

function Account({ account: a, busy, onRemove }: { account: MailAccount; busy: boolean; onRemove: (account: MailAccount) => void }) {
  const sync = useSync();
  const removeDemo = useRemoveDemo();
  const toasts = useToasts();
  const name = nameOf(a);
  const Icon = a.is_demo ? Sparkle : a.provider === "archive" ? Archive : Mail;
  const start = (mode: "auto" | "full") => {
    sync.mutate({ mode, account: a.id }, { onError: toasts.fail });
  };
  const dropDemo = () => {
    removeDemo.mutate(undefined, {
      onSuccess: () => {
        toasts.say(en.mail.demoRemoved);
      },
      onError: toasts.fail,
    });
  };
  return (
    <li className={classes.row}>
      <span className={classes.icon}>
        <Icon size={16} strokeWidth={1.8} aria-hidden="true" />
      </span>
      <div className={classes.who}>
        <p className={classes.name}>
          <span className={classes.ellipsis}>{name}</span>
          {a.is_demo && <span className={classes.tag}>{en.mail.demo}</span>}
        </p>
        <p className={classes.facts}>
          {[
            en.mail.emails(a.emails),
            a.last_synced_at ? en.mail.synced(since(a.last_synced_at)) : a.provider === "archive" ? null : en.mail.neverSynced,
            a.complete_since && en.mail.complete(day(a.complete_since)),
          ]
            .filter(Boolean)
            .map((fact, i) => (
              <span key={i} title={i === 1 && a.last_synced_at ? exact(a.last_synced_at) : undefined}>
                {fact}
              </span>
            ))}
        </p>
        {a.needs_reauth && <p className={classes.reauth}>{en.mail.reauth}</p>}
      </div>
      <div className={classes.actions}>
        {a.needs_reauth && (
          <Button component="a" href={GMAIL_CONNECT} size="xs" onClick={rememberConnecting}>
            {en.mail.reconnect}
          </Button>
        )}
        {a.is_demo && (
          <Button variant="default" size="xs" loading={removeDemo.isPending} disabled={busy} onClick={dropDemo}>
            {en.mail.removeDemo}
          </Button>
        )}
        {!a.is_demo && a.provider !== "archive" && !a.needs_reauth && (
          <Button
            variant="default"
            size="xs"
            leftSection={<RefreshCw size={14} aria-hidden="true" />}
            loading={sync.isPending}
            disabled={busy}
            onClick={() => {
              start("auto");
            }}
          >
            {en.mail.syncNow}
          </Button>
        )}
        {!a.is_demo && (
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon aria-label={en.mail.syncMenu(name)}>
                <Ellipsis size={16} aria-hidden="true" />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              {a.provider !== "archive" && (
                <Menu.Item
                  leftSection={<RefreshCw size={15} aria-hidden="true" />}
                  disabled={busy}
                  onClick={() => {
                    start("full");
                  }}
                >
                  {en.mail.syncFull}
                </Menu.Item>
              )}
              <Menu.Item
                leftSection={<Trash2 size={15} aria-hidden="true" />}
                onClick={() => {
                  onRemove(a);
                }}
              >
                {en.mail.remove}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
    </li>
  );
}

function RemoveAccount({ account, onClose }: { account: MailAccount | null; onClose: () => void }) {
  const remove = useRemoveAccount();
  const toasts = useToasts();
  const name = account ? nameOf(account) : "";
  const go = (emails: "keep" | "delete") => {
    if (!account) return;
    remove.mutate(
      { id: account.id, emails },
      {
        onSuccess: () => {
          toasts.say(en.mail.removed(name));
          onClose();
        },
        onError: toasts.fail,
      },
    );
  };
  return (
    <Modal opened={account !== null} onClose={onClose} title={en.mail.removeTitle(name)} closeButtonProps={{ "aria-label": en.actions.close }}>
      <p className={classes.modalText}>{en.mail.removeText}</p>
      <div className={classes.modalActions}>
        <Button
          variant="default"
          className={classes.danger}
          loading={remove.isPending}
          onClick={() => {
            go("delete");
          }}
        >
          {en.mail.removeDelete}
        </Button>
        <Button
          loading={remove.isPending}
          onClick={() => {
            go("keep");
          }}
        >
          {en.mail.removeKeep}
        </Button>
      </div>
    </Modal>
  );
}
