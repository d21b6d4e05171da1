import { Anchor, Button, Group, Modal, Skeleton, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { CircleCheck, ExternalLink, Info, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { replyPlanQuery } from "@/api/replies/plan";
import { useRespond } from "@/api/replies/respond";
import { templatesQuery } from "@/api/replies/templates";
import type { ReplyPlan, TemplateKey } from "@/api/types";
import { Failure, InlineProblem } from "@/components/States";
import { useToasts } from "@/components/Toaster";
import { en } from "@/i18n/en";
import classes from "./Forms.module.css";

interface Props {
  applicationId: number;
  company: string;
  template?: TemplateKey | null;
  onClose: () => void;
}

/** A reply: to whom and by which way it goes, begun with a template. Nothing leaves before its button is pressed. */
export function Composer({ applicationId, company, template = null, onClose }: Props) {
  const { data: plan, error, refetch } = useQuery(replyPlanQuery(applicationId, template));
  return (
    <Modal opened onClose={onClose} title={en.reply.title(company)} size="40rem" closeButtonProps={{ "aria-label": en.actions.close }}>
      {plan ? (
        <Letter applicationId={applicationId} first={plan} firstTemplate={template} onClose={onClose} />
      ) : error ? (
        <Failure error={error} onRetry={() => void refetch()} />
      ) : (
        <Skeleton height="20rem" />
      )}
    </Modal>
  );
}

function Letter({ applicationId, first, firstTemplate, onClose }: { applicationId: number; first: ReplyPlan; firstTemplate: TemplateKey | null; onClose: () => void }) {
  const [to, setTo] = useState(first.to);
  const [subject, setSubject] = useState(first.subject);
  const [text, setText] = useState(first.text);
  const [chosen, setChosen] = useState<TemplateKey | null>(firstTemplate);
  const [filled, setFilled] = useState(first.text);
  const [sending, setSending] = useState(false);
  const templates = useQuery(templatesQuery);
  const plan = useQuery(replyPlanQuery(applicationId, chosen)).data ?? first;
  const respond = useRespond(applicationId);
  const toasts = useToasts();

  // The text of a template comes when it is chosen; what the person wrote since is not overwritten unasked.
  if (plan.text !== filled && (text === filled || text.trim() === "")) {
    setFilled(plan.text);
    setText(plan.text);
  }
  const go = (send: boolean) => {
    setSending(send);
    respond.mutate(
      { message: text, template: chosen, send, subject, to: to === first.to ? null : to },
      {
        onSuccess: (answer) => {
          if (answer.state === "mailto") window.location.href = answer.mailto;
        },
      },
    );
  };
  const done = respond.data && respond.data.state !== "mailto" ? respond.data : null;
  if (done)
    return (
      <div className={classes.done} role="status">
        <CircleCheck size={20} aria-hidden="true" className={classes.good} />
        <p>{done.state === "sent" ? en.reply.sent(done.to) : en.reply.drafted}</p>
        <Group gap="xs" mt="md">
          {done.gmail_url && (
            <Button component="a" href={done.gmail_url} target="_blank" rel="noreferrer noopener" variant="default" rightSection={<ExternalLink size={13} aria-hidden="true" />}>
              {en.reply.openGmail}
            </Button>
          )}
          <Button onClick={onClose}>{en.reply.close}</Button>
        </Group>
      </div>
    );
  const byGmail = plan.way === "gmail";
  const empty = text.trim() === "" || to.trim() === "";
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!empty) go(false);
      }}
    >
      <div className={classes.chips} role="group" aria-label={en.reply.templates}>
        {templates.data?.items.map((one) => (
          <button
            key={one.key}
            type="button"
            className={classes.chip}
            aria-pressed={one.key === chosen}
            onClick={() => {
              if (text.trim() !== "" && text !== filled && !window.confirm(en.reply.replace)) return;
              setText("");
              setFilled("");
              setChosen(one.key);
            }}
          >
            {one.name}
          </button>
        ))}
      </div>
      <TextInput
        label={en.reply.to}
        type="email"
        value={to}
        error={to.trim() === "" ? en.reply.noAddress : undefined}
        onChange={(event) => {
          setTo(event.currentTarget.value);
        }}
      />
      {plan.automatic && to === first.to && (
        <p className={classes.warn}>
          <TriangleAlert size={14} aria-hidden="true" />
          {en.reply.automatic}
        </p>
      )}
      <TextInput
        label={en.reply.subject}
        value={subject}
        maxLength={200}
        onChange={(event) => {
          setSubject(event.currentTarget.value);
        }}
      />
      <Textarea
        label={en.reply.message}
        autosize
        minRows={9}
        maxRows={18}
        value={text}
        data-autofocus
        onChange={(event) => {
          setText(event.currentTarget.value);
        }}
      />
      {plan.missing.length > 0 && text === filled && <p className={classes.hint}>{en.reply.missing(plan.missing.map((name) => name.replaceAll("_", " ")).join(", "))}</p>}
      {plan.obstacle && (
        <p className={classes.note}>
          <Info size={14} aria-hidden="true" />
          <span>
            {en.reply.obstacles[plan.obstacle]}{" "}
            {plan.consent_path && <Anchor href={plan.consent_path}>{plan.obstacle === "reconnect" ? en.reply.reconnect : en.reply.allow}</Anchor>}
          </span>
        </p>
      )}
      <InlineProblem error={respond.error} />
      <div className={classes.foot}>
        {byGmail ? (
          <>
            <Button type="submit" disabled={empty} loading={respond.isPending && !sending}>
              {en.reply.draft}
            </Button>
            <Button
              variant="default"
              disabled={empty}
              loading={respond.isPending && sending}
              onClick={() => {
                go(true);
              }}
            >
              {en.reply.send}
            </Button>
            <span className={classes.hint}>{en.reply.keysHint}</span>
          </>
        ) : (
          <>
            <Button type="submit" disabled={empty} loading={respond.isPending}>
              {en.reply.mail}
            </Button>
            <Button
              variant="default"
              disabled={text.trim() === ""}
              onClick={() => {
                void navigator.clipboard.writeText(text).then(() => {
                  toasts.say(en.actions.copied);
                });
              }}
            >
              {en.reply.copy}
            </Button>
          </>
        )}
      </div>
    </form>
  );
}
