import { Button, TextInput } from "@mantine/core";
import { Pencil, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { type PersonSaid, useContacts } from "@/api/applications/contacts";
import type { ApplicationDetail, Person } from "@/api/types";
import { useToasts } from "@/components/Toaster";
import { en } from "@/i18n/en";
import classes from "./People.module.css";

const EMPTY: PersonSaid = { name: "", email: null, role: null, phone: null };

/** Who is behind an application: met in its mail, or added by hand. */
export function People({ application: a }: { application: ApplicationDetail }) {
  const { add, edit, remove } = useContacts(a.id);
  const toasts = useToasts();
  const [open, setOpen] = useState<number | "new" | null>(null);
  const close = () => {
    setOpen(null);
  };
  const drop = (person: Person) => {
    remove.mutate(person.id, {
      onSuccess: () => {
        toasts.say(en.manage.personRemoved(person.name), () => {
          add.mutate({ name: person.name, email: person.email, role: person.role, phone: person.phone }, { onError: toasts.fail });
        });
      },
      onError: toasts.fail,
    });
  };
  return (
    <section aria-label={en.story.contacts}>
      <div className={classes.head}>
        <h3 className={classes.heading}>{en.story.contacts}</h3>
        {open !== "new" && (
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<Plus size={13} aria-hidden="true" />}
            onClick={() => {
              setOpen("new");
            }}
          >
            {en.manage.addPerson}
          </Button>
        )}
      </div>
      {a.contacts.length === 0 && open !== "new" && <p className={classes.nothing}>{en.story.noContacts}</p>}
      <ul>
        {a.contacts.map((person) => (
          <li key={person.id} className={classes.person}>
            {open === person.id ? (
              <PersonForm
                person={person}
                onCancel={close}
                onSave={(said) => {
                  close();
                  edit.mutate({ id: person.id, said }, { onError: toasts.fail });
                }}
              />
            ) : (
              <>
                <span className={classes.name} dir="auto">
                  {person.name || person.email}
                </span>
                {person.role && (
                  <span className={classes.mild} dir="auto">
                    {person.role}
                  </span>
                )}
                {person.email && <a href={`mailto:${person.email}`}>{person.email}</a>}
                {person.phone && <a href={`tel:${person.phone.replace(/[^+\d]/g, "")}`}>{person.phone}</a>}
                <span className={classes.tools}>
                  <button
                    type="button"
                    className={classes.tool}
                    aria-label={en.manage.editPerson(person.name)}
                    onClick={() => {
                      setOpen(person.id);
                    }}
                  >
                    <Pencil size={13} aria-hidden="true" />
                  </button>
                  <button
                    type="button"
                    className={classes.tool}
                    aria-label={en.manage.removePerson(person.name)}
                    onClick={() => {
                      drop(person);
                    }}
                  >
                    <Trash2 size={13} aria-hidden="true" />
                  </button>
                </span>
              </>
            )}
          </li>
        ))}
        {open === "new" && (
          <li className={classes.person}>
            <PersonForm
              person={EMPTY}
              onCancel={close}
              onSave={(said) => {
                close();
                add.mutate(said, { onError: toasts.fail });
              }}
            />
          </li>
        )}
      </ul>
    </section>
  );
}

function PersonForm({ person, onSave, onCancel }: { person: PersonSaid; onSave: (said: PersonSaid) => void; onCancel: () => void }) {
  const [said, setSaid] = useState<PersonSaid>({ name: person.name, email: person.email, role: person.role, phone: person.phone });
  const field = (key: keyof PersonSaid, type = "text") => (
    <TextInput
      label={en.manage.personFields[key]}
      type={type}
      autoFocus={key === "name"}
      value={said[key] ?? ""}
      onChange={(event) => {
        setSaid({ ...said, [key]: event.currentTarget.value });
      }}
    />
  );
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        const text = (key: keyof PersonSaid) => said[key]?.trim() || null;
        if (text("name")) onSave({ name: text("name") ?? "", email: text("email"), role: text("role"), phone: text("phone") });
      }}
    >
      {field("name")}
      {field("role")}
      {field("email", "email")}
      {field("phone", "tel")}
      <div className={classes.actions}>
        <Button size="compact-sm" variant="default" onClick={onCancel}>
          {en.actions.cancel}
        </Button>
        <Button size="compact-sm" type="submit" disabled={said.name.trim() === ""}>
          {en.actions.save}
        </Button>
      </div>
    </form>
  );
}
