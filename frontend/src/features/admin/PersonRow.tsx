import { ActionIcon, Menu } from "@mantine/core";
import { Ellipsis, KeyRound, ShieldMinus, ShieldPlus, UserCheck, UserX } from "lucide-react";
import { useChangeUser } from "@/api/admin/changeUser";
import type { Account } from "@/api/types";
import { useToasts } from "@/components/Toaster";
import { When } from "@/components/When";
import { en } from "@/i18n/en";
import { initialsOf } from "@/lib/avatar";
import classes from "./People.module.css";

interface Props {
  account: Account;
  isMe: boolean;
  onReset: () => void;
}

/** One account: who, how they come in, and what an administrator may do about it. */
export function PersonRow({ account, isMe, onReset }: Props) {
  const change = useChangeUser();
  const toasts = useToasts();
  const name = account.display_name || account.username;
  const details = [account.display_name ? account.username : null, account.email ?? account.google_email].filter((each) => each && each !== name);
  const set = (what: { is_admin?: boolean; is_active?: boolean }, said: string) => {
    change.mutate(
      { id: account.id, ...what },
      {
        onSuccess: () => {
          const back = what.is_active === undefined ? { is_admin: !what.is_admin } : { is_active: !what.is_active };
          toasts.say(said, () => {
            change.mutate({ id: account.id, ...back }, { onError: toasts.fail });
          });
        },
        onError: toasts.fail,
      },
    );
  };
  return (
    <li className={classes.row} data-out={!account.is_active || undefined}>
      <span className={classes.initials} data-initials={initialsOf(name)} aria-hidden="true" />
      <div className={classes.text}>
        <p className={classes.name}>
          {name}
          {isMe && <span className={classes.tag}>{en.people.you}</span>}
          {account.is_admin && (
            <span className={classes.tag} data-accent>
              {en.people.admin}
            </span>
          )}
          {account.has_totp && <span className={classes.tag}>{en.people.twoStep}</span>}
          {account.has_google && <span className={classes.tag}>{en.people.google}</span>}
          {!account.is_active && (
            <span className={classes.tag} data-out>
              {en.people.out}
            </span>
          )}
        </p>
        <p className={classes.mild}>
          {details.map((each) => `${each ?? ""} · `)}
          {account.last_seen_at ? (
            <>
              {en.people.seen} <When at={account.last_seen_at} />
            </>
          ) : (
            en.people.neverSeen
          )}
        </p>
      </div>
      {!isMe && (
        <Menu position="bottom-end" width="15rem">
          <Menu.Target>
            <ActionIcon color="gray" aria-label={en.people.menuOf(name)} loading={change.isPending}>
              <Ellipsis size={17} aria-hidden="true" />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<KeyRound size={15} aria-hidden="true" />} onClick={onReset}>
              {en.people.reset}
            </Menu.Item>
            <Menu.Item
              leftSection={account.is_admin ? <ShieldMinus size={15} aria-hidden="true" /> : <ShieldPlus size={15} aria-hidden="true" />}
              onClick={() => {
                set({ is_admin: !account.is_admin }, account.is_admin ? en.people.demoted(name) : en.people.promoted(name));
              }}
            >
              {account.is_admin ? en.people.demote : en.people.promote}
            </Menu.Item>
            <Menu.Divider />
            <Menu.Item
              color={account.is_active ? "red" : undefined}
              leftSection={account.is_active ? <UserX size={15} aria-hidden="true" /> : <UserCheck size={15} aria-hidden="true" />}
              onClick={() => {
                set({ is_active: !account.is_active }, account.is_active ? en.people.deactivated(name) : en.people.activated(name));
              }}
            >
              {account.is_active ? en.people.deactivate : en.people.activate}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
    </li>
  );
}
