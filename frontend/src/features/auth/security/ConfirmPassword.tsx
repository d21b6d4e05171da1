import { Button, Modal, PasswordInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { InlineProblem } from "@/components/States";
import { en } from "@/i18n/en";
import classes from "./Security.module.css";

interface Props {
  title: string;
  text: string;
  action: string;
  danger?: boolean;
  /** Who has none confirms by having signed in just now. */
  hasPassword: boolean;
  error: unknown;
  isPending: boolean;
  onConfirm: (password?: string) => void;
  onClose: () => void;
  children?: ReactNode;
}

/** The password once more, before something that a thief of an open page would do. */
export function ConfirmPassword({ title, text, action, danger, hasPassword, error, isPending, onConfirm, onClose, children }: Props) {
  const [password, setPassword] = useState("");
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ "aria-label": en.actions.close }}>
      <form
        className={classes.dialog}
        onSubmit={(event) => {
          event.preventDefault();
          onConfirm(hasPassword ? password : undefined);
        }}
      >
        <p>{text}</p>
        {children}
        {hasPassword && (
          <PasswordInput
            label={en.security.yourPassword}
            autoComplete="current-password"
            data-autofocus
            value={password}
            onChange={(event) => {
              setPassword(event.currentTarget.value);
            }}
          />
        )}
        <InlineProblem error={error} />
        <div className={classes.foot}>
          <Button type="submit" color={danger ? "red" : undefined} loading={isPending} disabled={hasPassword && password === ""}>
            {action}
          </Button>
          <Button variant="default" onClick={onClose}>
            {en.actions.cancel}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
