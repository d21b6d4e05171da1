import { Button, Modal, PasswordInput, Switch, TextInput } from "@mantine/core";
import { useState } from "react";
import { useCreateUser } from "@/api/admin/createUser";
import { InlineProblem } from "@/components/States";
import { useToasts } from "@/components/Toaster";
import { en } from "@/i18n/en";
import classes from "./People.module.css";

const MIN_PASSWORD = 10;

/** An account for somebody, whoever may register by themselves. */
export function NewPerson({ google, onClose }: { google: boolean; onClose: () => void }) {
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const [address, setAddress] = useState("");
  const [isAdmin, setIsAdmin] = useState(false);
  const create = useCreateUser();
  const toasts = useToasts();
  const fits = password.length >= MIN_PASSWORD || (password === "" && address.trim() !== "");
  return (
    <Modal opened onClose={onClose} title={en.people.addTitle} closeButtonProps={{ "aria-label": en.actions.close }}>
      <form
        className={classes.form}
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          const account = { username: username.trim(), is_admin: isAdmin, password: password || null, google_email: address.trim() || null };
          create.mutate(account, {
            onSuccess: () => {
              toasts.say(en.people.added(account.username));
              onClose();
            },
          });
        }}
      >
        <TextInput
          label={en.auth.username}
          autoComplete="off"
          maxLength={64}
          data-autofocus
          value={username}
          onChange={(event) => {
            setUsername(event.currentTarget.value);
          }}
        />
        <PasswordInput
          label={en.auth.password}
          description={en.people.passwordHint}
          autoComplete="new-password"
          value={password}
          onChange={(event) => {
            setPassword(event.currentTarget.value);
          }}
        />
        {google && (
          <TextInput
            label={en.people.googleAddress}
            description={en.people.googleAddressHint}
            type="email"
            autoComplete="off"
            value={address}
            onChange={(event) => {
              setAddress(event.currentTarget.value);
            }}
          />
        )}
        <Switch
          label={en.people.makeAdmin}
          checked={isAdmin}
          onChange={(event) => {
            setIsAdmin(event.currentTarget.checked);
          }}
        />
        <InlineProblem error={create.error} />
        <div className={classes.buttons}>
          <Button type="submit" loading={create.isPending} disabled={username.trim() === "" || !fits}>
            {en.people.create}
          </Button>
          <Button variant="default" onClick={onClose}>
            {en.actions.cancel}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
