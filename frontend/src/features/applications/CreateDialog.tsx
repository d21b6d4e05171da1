import { Button, Modal, NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";
import { useCreateApplication, usePutAside } from "@/api/applications/manage";
import type { Application, Source, Stage } from "@/api/types";
import { companyOf } from "@/components/ApplicationRow";
import { InlineProblem } from "@/components/States";
import { useToasts } from "@/components/Toaster";
import { en } from "@/i18n/en";
import { calendarDay, noonOf } from "@/lib/dates";
import { SOURCES } from "@/lib/filter";
import { STAGES } from "@/lib/stages";
import classes from "./CreateDialog.module.css";

/** An application that no mail tells of, or not yet. Mail about it finds it later. */
export function CreateDialog({ onClose, onCreated }: { onClose: () => void; onCreated: (application: Application) => void }) {
  const create = useCreateApplication();
  const aside = usePutAside();
  const toasts = useToasts();
  const [fields, setFields] = useState({ company: "", title: "", location: "", salary: "", url: "" });
  const [stage, setStage] = useState<Stage>("applied");
  const [source, setSource] = useState<Source>("unknown");
  const [date, setDate] = useState(() => calendarDay());
  const urlWrong = fields.url.trim() !== "" && !/^https?:\/\/\S+$/.test(fields.url.trim());
  const text = (key: keyof typeof fields, label: string, rest: { required?: boolean; error?: string | undefined; placeholder?: string } = {}) => (
    <TextInput
      label={label}
      maxLength={key === "url" ? 2000 : 200}
      data-autofocus={key === "company" || undefined}
      value={fields[key]}
      {...rest}
      onChange={(event) => {
        setFields({ ...fields, [key]: event.currentTarget.value });
      }}
    />
  );
  const submit = () => {
    const said = (key: keyof typeof fields) => fields[key].trim() || null;
    const company = said("company");
    if (!company || urlWrong) return;
    create.mutate(
      {
        company_name: company,
        job_title: said("title"),
        location: said("location"),
        salary_text: said("salary"),
        job_url: said("url"),
        source: source === "unknown" ? null : source,
        stage,
        at: date === calendarDay() ? null : noonOf(date),
      },
      {
        onSuccess: (made) => {
          toasts.say(en.create.created(companyOf(made)), () => {
            aside.mutate({ id: made.id, how: "delete" }, { onError: toasts.fail });
          });
          onCreated(made as Application);
        },
      },
    );
  };
  return (
    <Modal opened onClose={onClose} title={en.create.title} size="36rem" closeButtonProps={{ "aria-label": en.actions.close }}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {text("company", en.story.fields.company_name, { required: true })}
        {text("title", en.story.fields.job_title)}
        <NativeSelect
          label={en.create.stage}
          value={stage}
          data={STAGES.map((each) => ({ value: each, label: en.stages[each] }))}
          onChange={(event) => {
            setStage(event.currentTarget.value as Stage);
          }}
        />
        <TextInput
          type="date"
          label={en.create.since}
          max={calendarDay()}
          value={date}
          onChange={(event) => {
            setDate(event.currentTarget.value || calendarDay());
          }}
        />
        {text("location", en.story.fields.location)}
        {text("salary", en.story.fields.salary_text)}
        <NativeSelect
          label={en.story.fields.source}
          value={source}
          data={SOURCES.map((each) => ({ value: each, label: en.applications.source[each] || en.applications.tokens.sourceUnknown }))}
          onChange={(event) => {
            setSource(event.currentTarget.value as Source);
          }}
        />
        {text("url", en.story.fields.job_url, { placeholder: en.create.urlExample, error: urlWrong ? en.create.urlWrong : undefined })}
        <div className={classes.foot}>
          <InlineProblem error={create.error} />
          <span className={classes.buttons}>
            <Button variant="default" onClick={onClose}>
              {en.actions.cancel}
            </Button>
            <Button type="submit" loading={create.isPending} disabled={fields.company.trim() === "" || urlWrong}>
              {en.create.go}
            </Button>
          </span>
        </div>
      </form>
    </Modal>
  );
}
