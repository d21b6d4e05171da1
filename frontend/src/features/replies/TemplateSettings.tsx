import { Button, Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { usePutTemplates } from "@/api/replies/putTemplates";
import { templatesQuery } from "@/api/replies/templates";
import type { Template, TemplateKey } from "@/api/types";
import { InlineProblem } from "@/components/States";
import { useToasts } from "@/components/Toaster";
import { en } from "@/i18n/en";
import classes from "./Forms.module.css";

/** Templates of replies, each editable, each with a way back. */
export function TemplateSettings() {
  const { data, error } = useQuery(templatesQuery);
  const [key, setKey] = useState<TemplateKey>("follow_up");
  const chosen = data?.items.find((one) => one.key === key);
  return (
    <>
      <p className={classes.lead}>{en.templates.lead}</p>
      <InlineProblem error={error} />
      {data && (
        <div className={classes.block}>
          <div className={classes.chips} role="group" aria-label={en.templates.choose}>
            {data.items.map((one) => (
              <button
                key={one.key}
                type="button"
                className={classes.chip}
                aria-pressed={one.key === key}
                onClick={() => {
                  setKey(one.key);
                }}
              >
                {one.name}
                {one.is_own ? ` (${en.templates.own.toLowerCase()})` : ""}
              </button>
            ))}
          </div>
          {chosen && <Editor key={chosen.key} template={chosen} />}
          <dl className={classes.variables} aria-label={en.templates.variables}>
            {data.variables.map(({ name, meaning }) => (
              <Variable key={name} name={name} meaning={meaning} />
            ))}
          </dl>
        </div>
      )}
    </>
  );
}

function Variable({ name, meaning }: { name: string; meaning: string }) {
  return (
    <>
      <dt>
        <code>{`{${name}}`}</code>
      </dt>
      <dd>{meaning}</dd>
    </>
  );
}

function Editor({ template }: { template: Template }) {
  const [body, setBody] = useState(template.body);
  const put = usePutTemplates();
  const toasts = useToasts();
  const save = (text: string | null) => {
    put.mutate(
      { [template.key]: text },
      {
        onSuccess: (saved) => {
          setBody(saved.items.find((one) => one.key === template.key)?.body ?? "");
          toasts.say(en.templates.saved(template.name));
        },
      },
    );
  };
  return (
    <>
      <Textarea
        aria-label={template.name}
        autosize
        minRows={6}
        maxRows={16}
        value={body}
        onChange={(event) => {
          setBody(event.currentTarget.value);
        }}
      />
      <InlineProblem error={put.error} />
      <div className={classes.foot}>
        <Button
          variant="default"
          disabled={body === template.body || body.trim() === ""}
          loading={put.isPending}
          onClick={() => {
            save(body);
          }}
        >
          {en.actions.save}
        </Button>
        {template.is_own && (
          <Button
            variant="subtle"
            onClick={() => {
              save(null);
            }}
          >
            {en.templates.reset}
          </Button>
        )}
      </div>
    </>
  );
}
