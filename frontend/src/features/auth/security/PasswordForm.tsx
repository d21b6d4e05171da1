import { Button, PasswordInput } from "@mantine/core";
import { type SubmitEvent, useState } from "react";
import { useChangePassword } from "@/api/auth/password";
import type { Me } from "@/api/types";
import { InlineProblem } from "@/components/States";
import { useToasts } from "@/components/Toaster";
import { en } from "@/i18n/en";
import classes from "./Security.module.css";

const MIN_PASSWORD = 10;

/** A new password, or the first one of somebody who came by Google. */
export function PasswordForm({ me }: { me: Me }) {
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [tried, setTried] = useState(false);
  const change = useChangePassword();
  const toasts = useToasts();
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    setTried(true);
    if (next.length < MIN_PASSWORD) return;
    change.mutate(
      { new_password: next, ...(me.has_password ? { current_password: current } : {}) },
      {
        onSuccess: () => {
          setCurrent("");
          setNext("");
          setTried(false);
          toasts.say(en.security.passwordChanged);
        },
      },
    );
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <input type="text" name="username" autoComplete="username" value={me.username} readOnly hidden />
      {me.has_password && (
        <PasswordInput
          label={en.security.currentPassword}
          autoComplete="current-password"
          value={current}
          onChange={(event) => {
            setCurrent(event.currentTarget.value);
          }}
        />
      )}
      <PasswordInput
        label={en.security.newPassword}
        description={en.auth.passwordHint}
        autoComplete="new-password"
        value={next}
        error={tried && next.length < MIN_PASSWORD ? en.auth.passwordShort : null}
        onChange={(event) => {
          setNext(event.currentTarget.value);
        }}
      />
      <InlineProblem error={change.error} />
      <Button type="submit" variant="default" loading={change.isPending} disabled={next === "" || (me.has_password && current === "")}>
        {me.has_password ? en.security.changePassword : en.security.setPassword}
      </Button>
    </form>
  );
}
