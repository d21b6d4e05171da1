import { Button, TextInput } from "@mantine/core";
import { type SubmitEvent, useState } from "react";
import { usePatchMe } from "@/api/auth/me";
import type { Me } from "@/api/types";
import { InlineProblem } from "@/components/States";
import { useToasts } from "@/components/Toaster";
import { en } from "@/i18n/en";
import classes from "./Profile.module.css";

export function Profile({ me }: { me: Me }) {
  const [name, setName] = useState(me.display_name ?? "");
  const patch = usePatchMe();
  const toasts = useToasts();
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    patch.mutate(
      { display_name: name.trim() },
      {
        onSuccess: () => {
          toasts.say(en.settings.profileSaved);
        },
      },
    );
  };
  const changed = name.trim() !== (me.display_name ?? "");
  return (
    <form className={classes.form} onSubmit={submit}>
      <TextInput
        label={en.settings.displayName}
        value={name}
        placeholder={me.username}
        autoComplete="name"
        onChange={(event) => {
          setName(event.currentTarget.value);
        }}
      />
      <div>
        <p className={classes.label}>{en.settings.timeZone}</p>
        <p className={classes.hint}>{en.settings.timeZoneHint(Intl.DateTimeFormat().resolvedOptions().timeZone)}</p>
      </div>
      <InlineProblem error={patch.error} />
      <Button type="submit" variant="default" disabled={!changed} loading={patch.isPending} className={classes.save}>
        {en.actions.save}
      </Button>
    </form>
  );
}
