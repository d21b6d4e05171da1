import { Button, PasswordInput, TextInput } from "@mantine/core";
import { type SubmitEvent, useState } from "react";
import { useLogin } from "@/api/auth/login";
import { useRegister } from "@/api/auth/register";
import { InlineProblem } from "@/components/States";
import { en } from "@/i18n/en";
import classes from "./forms.module.css";

const MIN_PASSWORD = 10;

/** The first account: makes it and signs in with it. */
export function OwnerForm({ askSetupCode, onDone }: { askSetupCode: boolean; onDone: () => void }) {
  const register = useRegister();
  const login = useLogin();
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const [setupCode, setSetupCode] = useState("");
  const [tried, setTried] = useState(false);
  const short = password.length < MIN_PASSWORD;

  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    setTried(true);
    if (short || !username.trim()) return;
    const owner = { username: username.trim(), password, time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone, ...(askSetupCode ? { setup_code: setupCode.trim() } : {}) };
    try {
      await register.mutateAsync(owner);
      await login.mutateAsync({ username: owner.username, password });
      onDone();
    } catch {
      // Shown below, from the mutation.
    }
  };

  return (
    <form className={classes.form} onSubmit={(event) => void submit(event)} noValidate>
      <TextInput
        label={en.auth.username}
        name="username"
        autoComplete="username"
        autoFocus
        required
        withAsterisk={false}
        value={username}
        error={tried && !username.trim() ? en.auth.usernameEmpty : null}
        onChange={(event) => {
          setUsername(event.currentTarget.value);
        }}
      />
      <PasswordInput
        label={en.auth.password}
        description={en.auth.passwordHint}
        name="password"
        autoComplete="new-password"
        required
        withAsterisk={false}
        value={password}
        error={tried && short ? en.auth.passwordShort : null}
        onChange={(event) => {
          setPassword(event.currentTarget.value);
        }}
      />
      {askSetupCode && (
        <TextInput
          label={en.auth.setupCode}
          description={en.auth.setupCodeHint}
          name="setup_code"
          autoComplete="one-time-code"
          value={setupCode}
          onChange={(event) => {
            setSetupCode(event.currentTarget.value);
          }}
        />
      )}
      <InlineProblem error={register.error ?? login.error} />
      <Button type="submit" loading={register.isPending || login.isPending}>
        {en.welcome.create}
      </Button>
    </form>
  );
}
