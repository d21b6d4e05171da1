import { Button, Modal, SegmentedControl, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { type SubmitEvent, useState } from "react";
import { keysQuery } from "@/api/auth/keys";
import { useMakeKey } from "@/api/auth/makeKey";
import { useRevokeKey } from "@/api/auth/revokeKey";
import type { ApiKey } from "@/api/types";
import { CopyField } from "@/components/CopyField";
import { Failure, InlineProblem } from "@/components/States";
import { useToasts } from "@/components/Toaster";
import { When } from "@/components/When";
import { en } from "@/i18n/en";
import classes from "./Security.module.css";

type Scope = ApiKey["scope"];
const SCOPES: { value: Scope; label: string }[] = [
  { value: "read", label: en.security.scopes.read },
  { value: "write", label: en.security.scopes.write },
];

/** Named keys for scripts: made, shown once, revoked. */
export function ApiKeys() {
  const { data: keys, error, refetch } = useQuery(keysQuery);
  const [name, setName] = useState("");
  const [scope, setScope] = useState<Scope>("read");
  const [leaving, setLeaving] = useState<ApiKey | null>(null);
  const make = useMakeKey();
  const revoke = useRevokeKey();
  const toasts = useToasts();
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    make.mutate(
      { name: name.trim(), scope },
      {
        onSuccess: () => {
          setName("");
        },
      },
    );
  };
  if (error && !keys) return <Failure error={error} onRetry={() => void refetch()} />;
  return (
    <>
      <p className={classes.lead}>{en.security.keysLead}</p>
      {keys && keys.items.length > 0 && (
        <ul className={classes.list} aria-label={en.security.keys}>
          {keys.items.map((key) => (
            <li key={key.id} className={classes.row}>
              <KeyRound size={18} strokeWidth={1.75} className={classes.icon} aria-hidden="true" />
              <div className={classes.text}>
                <p className={classes.name}>
                  {key.name}
                  <span className={classes.tag}>{en.security.scopes[key.scope]}</span>
                </p>
                <p className={classes.mild}>
                  <code>{key.hint}…</code> ·{" "}
                  {key.last_used_at ? (
                    <>
                      {en.security.lastUsed} <When at={key.last_used_at} />
                    </>
                  ) : (
                    en.security.neverUsed
                  )}
                </p>
              </div>
              <Button
                variant="subtle"
                color="red"
                size="compact-sm"
                aria-label={en.security.revokeKeyOf(key.name)}
                onClick={() => {
                  setLeaving(key);
                }}
              >
                {en.security.revokeKey}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {make.data && (
        <div className={classes.block}>
          <p className={classes.on}>{en.security.keyMade(make.data.name)}</p>
          <CopyField label={en.security.newKey} value={make.data.key} />
          <p className={classes.hint}>{en.security.keyOnce}</p>
        </div>
      )}
      <form className={classes.fields} onSubmit={submit}>
        <TextInput
          label={en.security.keyName}
          placeholder={en.security.keyExample}
          maxLength={100}
          value={name}
          onChange={(event) => {
            setName(event.currentTarget.value);
          }}
        />
        <SegmentedControl
          aria-label={en.security.scope}
          data={SCOPES}
          value={scope}
          onChange={(value) => {
            setScope(value);
          }}
        />
        <Button type="submit" variant="default" loading={make.isPending} disabled={name.trim() === ""}>
          {en.security.makeKey}
        </Button>
      </form>
      <InlineProblem error={make.error} />
      {leaving && (
        <Modal
          opened
          onClose={() => {
            setLeaving(null);
          }}
          title={en.security.revokeKeyTitle(leaving.name)}
          closeButtonProps={{ "aria-label": en.actions.close }}
        >
          <div className={classes.dialog}>
            <p>{en.security.revokeKeyText}</p>
            <div className={classes.foot}>
              <Button
                color="red"
                loading={revoke.isPending}
                onClick={() => {
                  revoke.mutate(leaving.id, {
                    onSuccess: () => {
                      if (make.data?.id === leaving.id) make.reset();
                      setLeaving(null);
                      toasts.say(en.security.keyRevoked(leaving.name));
                    },
                    onError: toasts.fail,
                  });
                }}
              >
                {en.security.revokeKey}
              </Button>
              <Button
                variant="default"
                onClick={() => {
                  setLeaving(null);
                }}
              >
                {en.actions.cancel}
              </Button>
            </div>
          </div>
        </Modal>
      )}
    </>
  );
}
