import { Button, TextInput } from "@mantine/core";
import { type SubmitEvent, useState } from "react";
import { InlineProblem } from "@/components/States";
import { en } from "@/i18n/en";
import classes from "./forms.module.css";

interface Props {
  error: unknown;
  isPending: boolean;
  onCode: (code: string) => void;
  onBack: () => void;
}

/** The code of the authenticator app, or a recovery code. */
export function CodeForm({ error, isPending, onCode, onBack }: Props) {
  const [code, setCode] = useState("");
  const [lost, setLost] = useState(false);
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    onCode(code);
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <TextInput
        key={lost ? "recovery" : "app"}
        label={lost ? en.auth.recoveryCode : en.auth.code}
        description={lost ? en.auth.recoveryCodeHint : en.auth.codeHint}
        name="code"
        autoComplete={lost ? "off" : "one-time-code"}
        inputMode={lost ? "text" : "numeric"}
        maxLength={lost ? 40 : 12}
        autoFocus
        value={code}
        onChange={(event) => {
          setCode(event.currentTarget.value);
        }}
      />
      <InlineProblem error={error} />
      <Button type="submit" loading={isPending} disabled={code.trim() === ""}>
        {en.auth.signIn}
      </Button>
      <div className={classes.others}>
        <Button
          variant="subtle"
          size="compact-sm"
          onClick={() => {
            setLost(!lost);
            setCode("");
          }}
        >
          {lost ? en.auth.useApp : en.auth.lostApp}
        </Button>
        <Button variant="subtle" color="gray" size="compact-sm" onClick={onBack}>
          {en.actions.back}
        </Button>
      </div>
    </form>
  );
}
