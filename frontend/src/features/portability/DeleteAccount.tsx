import { Button, Modal, PasswordInput, TextInput } from "@mantine/core";
import { type SubmitEvent, useState } from "react";
import { useDeleteMe } from "@/api/portability/deleteMe";
import type { Me } from "@/api/types";
import { InlineProblem } from "@/components/States";
import { en } from "@/i18n/en";
import classes from "./YourData.module.css";

/** There is no way back, so it asks for the name and the password. Afterwards the page begins anew. */
export function DeleteAccount({ me }: { me: Me }) {
  const [opened, setOpened] = useState(false);
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const leave = useDeleteMe();
  const close = () => {
    setOpened(false);
    setName("");
    setPassword("");
    leave.reset();
  };
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    leave.mutate(
      { username: name.trim(), password },
      {
        onSuccess: () => {
          location.assign("/");
        },
      },
    );
  };
  const isSure = name.trim().toLowerCase() === me.username.toLowerCase() && (password !== "" || !me.has_password);
  return (
    <>
      <p className={classes.lead}>{en.yourData.deleteLead}</p>
      <div className={classes.block}>
        <div className={classes.foot}>
          <Button
            variant="default"
            c="var(--danger)"
            onClick={() => {
              setOpened(true);
            }}
          >
            {en.yourData.delete}
          </Button>
        </div>
      </div>
      <Modal opened={opened} onClose={close} title={en.yourData.deleteTitle} closeButtonProps={{ "aria-label": en.actions.close }}>
        <form className={classes.form} onSubmit={submit}>
          <p className={classes.text}>{en.yourData.deleteText}</p>
          <TextInput
            label={en.yourData.typeName(me.username)}
            value={name}
            autoComplete="off"
            data-autofocus
            onChange={(event) => {
              setName(event.currentTarget.value);
            }}
          />
          {me.has_password && (
            <PasswordInput
              label={en.yourData.password}
              value={password}
              autoComplete="current-password"
              onChange={(event) => {
                setPassword(event.currentTarget.value);
              }}
            />
          )}
          <InlineProblem error={leave.error} />
          <div className={classes.actions}>
            <Button variant="default" onClick={close}>
              {en.actions.cancel}
            </Button>
            <Button type="submit" variant="default" c={isSure ? "var(--danger)" : undefined} disabled={!isSure} loading={leave.isPending}>
              {en.yourData.deleteForGood}
            </Button>
          </div>
        </form>
      </Modal>
    </>
  );
}
