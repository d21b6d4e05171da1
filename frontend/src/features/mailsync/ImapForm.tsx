import { Button, Modal, NativeSelect, NumberInput, PasswordInput, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { ExternalLink } from "lucide-react";
import { type SubmitEvent, useState } from "react";
import { imapPresetQuery, useConnectImap } from "@/api/mail/imap";
import { Problem } from "@/api/problem";
import { useSync } from "@/api/runs/sync";
import type { ImapConnect, ImapSecurity, MailAccount } from "@/api/types";
import { InlineProblem } from "@/components/States";
import { useToasts } from "@/components/Toaster";
import { en } from "@/i18n/en";
import classes from "./ImapForm.module.css";

const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const LOOK_UP_MS = 250;

interface Props {
  opened: boolean;
  onClose: () => void;
  onStarted: (jobId: string) => void;
  /** An account that is signed in to again. */
  account?: MailAccount | null;
}

export function ImapForm({ opened, onClose, onStarted, account = null }: Props) {
  const title = account ? en.imap.titleAgain(account.address) : en.imap.title;
  return (
    <Modal opened={opened} onClose={onClose} title={title} size="30rem" closeButtonProps={{ "aria-label": en.actions.close }}>
      <Fields account={account} onClose={onClose} onStarted={onStarted} />
    </Modal>
  );
}

/** Asks for as little as the provider allows; the mailbox is opened before anything is kept. */
function Fields({ account, onClose, onStarted }: Required<Omit<Props, "opened">>) {
  const known = account?.imap ?? null;
  const [address, setAddress] = useState(account?.address ?? "");
  const [password, setPassword] = useState("");
  const [host, setHost] = useState(known?.host ?? "");
  const [port, setPort] = useState<number | string>(known?.port ?? en.imap.ports.tls);
  const [security, setSecurity] = useState<ImapSecurity>(known?.security ?? "tls");
  const [username, setUsername] = useState(known && known.username !== account?.address ? known.username : "");
  const [asked, setAsked] = useState(false);
  const [byHand, setByHand] = useState(known !== null);
  const [settled] = useDebouncedValue(address.trim(), LOOK_UP_MS);
  const connect = useConnectImap();
  const sync = useSync();
  const toasts = useToasts();

  const isAddress = ADDRESS.test(address.trim());
  const lookUp = useQuery({ ...imapPresetQuery(settled), enabled: ADDRESS.test(settled) });
  const preset = isAddress ? (lookUp.data?.preset ?? null) : null;
  const unknown = isAddress && lookUp.data?.preset === null;
  const refused = preset?.password === "none";
  const ownServer = byHand || unknown;
  const wrongAddress = asked && !isAddress ? en.imap.addressWrong : null;
  const helpUrl = connect.error instanceof Problem && typeof connect.error.params.help_url === "string" ? connect.error.params.help_url : null;

  const read = async (id: number) => {
    try {
      const { job_id } = await sync.mutateAsync({ account: id });
      onStarted(job_id);
    } catch (error) {
      toasts.fail(error);
    }
  };
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    setAsked(true);
    if (!isAddress || !password || refused) return;
    const mailbox: ImapConnect = { address: address.trim(), password, name: account?.name ?? "" };
    if (ownServer && host.trim()) Object.assign(mailbox, { host: host.trim(), port: Number(port), security });
    if (ownServer && username.trim()) mailbox.username = username.trim();
    connect.mutate(mailbox, {
      onSuccess: ({ account: connected }) => {
        toasts.say(en.imap.connected(connected.address));
        // The form goes with the dialog; what follows must not depend on it.
        void read(connected.id);
        onClose();
      },
      onError: (error) => {
        if (error instanceof Problem && error.code === "imap.host_needed") setByHand(true);
      },
    });
  };

  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <TextInput
        type="email"
        label={en.imap.address}
        value={address}
        error={wrongAddress}
        readOnly={account !== null}
        autoComplete="email"
        data-autofocus={account === null || undefined}
        onChange={(event) => {
          setAddress(event.currentTarget.value);
        }}
      />
      <div className={classes.steps} data-refused={refused || undefined} role="status">
        {preset && <p>{preset.steps}</p>}
        {preset?.help_url && !refused && (
          <a href={preset.help_url} target="_blank" rel="noreferrer noopener" className={classes.link}>
            {en.imap.howTo(preset.name)}
            <ExternalLink size={12} aria-hidden="true" />
          </a>
        )}
      </div>
      {!refused && (
        <PasswordInput
          label={preset?.password === "app" ? en.imap.appPassword : en.imap.password}
          description={en.imap.stays}
          value={password}
          autoComplete="off"
          data-autofocus={account !== null || undefined}
          onChange={(event) => {
            setPassword(event.currentTarget.value);
          }}
        />
      )}
      {!refused && (
        <details
          className={classes.server}
          open={ownServer}
          onToggle={(event) => {
            if (!unknown) setByHand(event.currentTarget.open);
          }}
        >
          <summary>{en.imap.server}</summary>
          <div className={classes.fields}>
            {unknown && <p className={classes.hint}>{en.imap.serverHint}</p>}
            <TextInput
              label={en.imap.host}
              value={host}
              placeholder={preset?.host ?? en.imap.hostExample}
              onChange={(event) => {
                setHost(event.currentTarget.value);
              }}
            />
            <div className={classes.pair}>
              <NativeSelect
                label={en.imap.security}
                value={security}
                data={en.imap.securities.map(([value, label]) => ({ value, label }))}
                onChange={(event) => {
                  const next = event.currentTarget.value as ImapSecurity;
                  if (Number(port) === en.imap.ports[security]) setPort(en.imap.ports[next]);
                  setSecurity(next);
                }}
              />
              <NumberInput label={en.imap.port} value={port} onChange={setPort} min={1} max={65_535} hideControls allowDecimal={false} allowNegative={false} />
            </div>
            <TextInput
              label={en.imap.username}
              description={en.imap.usernameHint}
              value={username}
              placeholder={address}
              autoComplete="username"
              onChange={(event) => {
                setUsername(event.currentTarget.value);
              }}
            />
          </div>
        </details>
      )}
      <InlineProblem error={connect.error} />
      {helpUrl && (
        <a href={helpUrl} target="_blank" rel="noreferrer noopener" className={classes.link}>
          {en.imap.howToGeneric}
          <ExternalLink size={12} aria-hidden="true" />
        </a>
      )}
      <div className={classes.foot}>
        <p role="status" className={classes.hint}>
          {connect.isPending ? en.imap.testing : ""}
        </p>
        <Button type="submit" loading={connect.isPending} disabled={refused || !address.trim() || !password}>
          {en.imap.connect}
        </Button>
      </div>
    </form>
  );
}
