import { Button, Modal } from "@mantine/core";
import { useRemoveAccount } from "@/api/mail/removeAccount";
import type { MailAccount } from "@/api/types";
import { useToasts } from "@/components/Toaster";
import { en } from "@/i18n/en";
import { nameOf } from "./accountNames";
import classes from "./RemoveAccount.module.css";

/** Taking an account away can't be undone, so it is asked for, with what becomes of its mail. */
export function RemoveAccount({ account, onClose }: { account: MailAccount | null; onClose: () => void }) {
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
      <p className={classes.text}>{en.mail.removeText}</p>
      <div className={classes.actions}>
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
