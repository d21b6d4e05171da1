import { Button, Modal, PasswordInput, Switch } from "@mantine/core";
import { useState } from "react";
import { useResetPassword } from "@/api/admin/resetPassword";
import type { Account } from "@/api/types";
import { InlineProblem } from "@/components/States";
import { useToasts } from "@/components/Toaster";
import { en } from "@/i18n/en";
import classes from "./People.module.css";

const MIN_PASSWORD = 10;

/** A new password for somebody who can't get in any more. */
export function NewPassword({ account, onClose }: { account: Account; onClose: () => void }) {
  const [password, setPassword] = useState("");
  const [totpOff, setTotpOff] = useState(false);
  const reset = useResetPassword();
  const toasts = useToasts();
  const name = account.display_name || account.username;
  return (
    <Modal opened onClose={onClose} title={en.people.resetTitle(name)} closeButtonProps={{ "aria-label": en.actions.close }}>
      <form
        className={classes.form}
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          reset.mutate(
            { id: account.id, password, totp_off: totpOff },
            {
              onSuccess: () => {
                toasts.say(en.people.resetDone(name));
                onClose();
              },
            },
          );
        }}
      >
        <p>{en.people.resetText}</p>
        <PasswordInput
          label={en.security.newPassword}
          description={en.people.passwordHint}
          autoComplete="new-password"
          data-autofocus
          value={password}
          onChange={(event) => {
            setPassword(event.currentTarget.value);
          }}
        />
        {account.has_totp && (
          <Switch
            label={en.people.totpOff}
            checked={totpOff}
            onChange={(event) => {
              setTotpOff(event.currentTarget.checked);
            }}
          />
        )}
        <InlineProblem error={reset.error} />
        <div className={classes.buttons}>
          <Button type="submit" loading={reset.isPending} disabled={password.length < MIN_PASSWORD}>
            {en.people.resetAction}
          </Button>
          <Button variant="default" onClick={onClose}>
            {en.actions.cancel}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
