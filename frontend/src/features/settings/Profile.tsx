import { Button, Select, TagsInput, TextInput } from "@mantine/core";
import { type SubmitEvent, useState } from "react";
import { usePatchMe } from "@/api/auth/me";
import type { Me } from "@/api/types";
import { InlineProblem } from "@/components/States";
import { useToasts } from "@/components/Toaster";
import { en } from "@/i18n/en";
import { browserZone, setZone } from "@/lib/dates";
import classes from "./Profile.module.css";

const ZONES = Intl.supportedValuesOf("timeZone");
const SHOWN = 60;
const ADDRESS = /^[^@\s]+@[^@\s]+$/;

export function Profile({ me }: { me: Me }) {
  const [name, setName] = useState(me.display_name ?? "");
  const [zone, setChosen] = useState(me.time_zone);
  const [addresses, setAddresses] = useState(me.own_addresses);
  const patch = usePatchMe();
  const toasts = useToasts();
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    patch.mutate(
      { display_name: name.trim(), time_zone: zone, own_addresses: addresses },
      {
        onSuccess: (saved) => {
          setZone(saved.time_zone);
          setAddresses(saved.own_addresses);
          toasts.say(en.settings.profileSaved);
        },
      },
    );
  };
  const changed = name.trim() !== (me.display_name ?? "") || zone !== me.time_zone || addresses.join("\n") !== me.own_addresses.join("\n");
  const odd = addresses.find((address) => !ADDRESS.test(address));
  const here = browserZone();
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
        <Select
          label={en.settings.timeZone}
          description={en.settings.timeZoneHint}
          data={ZONES.includes(zone) ? ZONES : [zone, ...ZONES]}
          value={zone}
          onChange={(next) => {
            if (next) setChosen(next);
          }}
          searchable
          limit={SHOWN}
          allowDeselect={false}
          nothingFoundMessage={en.settings.timeZoneNone}
        />
        {here !== zone && (
          <p className={classes.hint}>
            {en.settings.timeZoneOther(here)}{" "}
            <button
              type="button"
              className={classes.take}
              onClick={() => {
                setChosen(here);
              }}
            >
              {en.settings.timeZoneTake(here)}
            </button>
          </p>
        )}
      </div>
      <TagsInput
        label={en.settings.ownAddresses}
        description={en.settings.ownAddressesHint}
        placeholder={addresses.length === 0 ? en.settings.ownAddressesExample : undefined}
        value={addresses}
        error={odd === undefined ? null : en.settings.ownAddressesOdd(odd)}
        maxTags={50}
        splitChars={[",", " ", ";"]}
        acceptValueOnBlur
        onChange={setAddresses}
      />
      <InlineProblem error={patch.error} />
      <Button type="submit" variant="default" disabled={!changed || odd !== undefined} loading={patch.isPending} className={classes.save}>
        {en.actions.save}
      </Button>
    </form>
  );
}
