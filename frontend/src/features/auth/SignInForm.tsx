import { Button, PasswordInput, TextInput } from "@mantine/core";
import { type SubmitEvent, useState } from "react";
import { useLogin } from "@/api/auth/login";
import { Problem } from "@/api/problem";
import { InlineProblem } from "@/components/States";
import { en } from "@/i18n/en";
import { CodeForm } from "./CodeForm";
import classes from "./forms.module.css";

/** The password, and where 2-step login is on the code of the app. */
export function SignInForm({ onDone }: { onDone: () => void }) {
  const login = useLogin();
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const [step, setStep] = useState<"password" | "code">("password");
  const asksForCode = login.error instanceof Problem && login.error.code === "auth.code_required";
  const send = (code?: string) => {
    login.mutate(
      { username: username.trim(), password, ...(code ? { code } : {}) },
      {
        onSuccess: onDone,
        onError: (error) => {
          if (error instanceof Problem && error.code === "auth.code_required") setStep("code");
        },
      },
    );
  };
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    send();
  };
  if (step === "code") {
    return (
      <CodeForm
        error={asksForCode ? null : login.error}
        isPending={login.isPending}
        onCode={send}
        onBack={() => {
          login.reset();
          setPassword("");
          setStep("password");
        }}
      />
    );
  }
  return (
    <form className={classes.form} onSubmit={submit}>
      <TextInput
        label={en.auth.username}
        name="username"
        autoComplete="username"
        autoFocus
        required
        withAsterisk={false}
        value={username}
        onChange={(event) => {
          setUsername(event.currentTarget.value);
        }}
      />
      <PasswordInput
        label={en.auth.password}
        name="password"
        autoComplete="current-password"
        required
        withAsterisk={false}
        value={password}
        onChange={(event) => {
          setPassword(event.currentTarget.value);
        }}
      />
      <InlineProblem error={asksForCode ? null : login.error} />
      <Button type="submit" loading={login.isPending}>
        {en.auth.signIn}
      </Button>
    </form>
  );
}
