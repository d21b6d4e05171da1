import { Checkbox } from "@mantine/core";
import { ArrowRight } from "lucide-react";
import type { ReactNode } from "react";
import type { ReprocessChange, Stage } from "@/api/types";
import { StageChip } from "@/components/StageChip";
import { When } from "@/components/When";
import { en } from "@/i18n/en";
import classes from "./ReadAgain.module.css";

const words = en.again;
const className = (name: string | null): string => (name ? (en.classes[name] ?? name) : words.unread);

/** One mail: what it is read as now, what it would be read as, and what that does to its application. */
export function Change({ change, chosen, onChoose }: { change: ReprocessChange; chosen: boolean; onChoose: (on: boolean) => void }) {
  const { before, after, changes } = change;
  const subject = change.subject || change.sender_name || change.sender_email;
  const moves = change.stage_before !== null && change.stage_after !== null && change.stage_before !== change.stage_after;
  return (
    <li className={classes.change}>
      <Checkbox
        aria-label={words.choose(subject)}
        checked={chosen}
        onChange={(event) => {
          onChoose(event.currentTarget.checked);
        }}
      />
      <div className={classes.mail}>
        <p className={classes.subject}>{subject}</p>
        <p className={classes.sender}>
          {change.sender_name || change.sender_email} · <When at={change.received_at} />
        </p>
        {change.quote && <blockquote className={classes.quote}>{change.quote}</blockquote>}
      </div>
      <dl className={classes.diffs}>
        {changes.includes("class") && <Diff name={words.class} was={className(before.email_class)} is={className(after.email_class)} />}
        {changes.includes("company") && <Diff name={words.company} was={before.company_name ?? words.nobody} is={after.company_name ?? words.nobody} />}
        {changes.includes("title") && <Diff name={words.job} was={before.job_title ?? words.nobody} is={after.job_title ?? words.nobody} />}
        {moves && (
          <Diff name={change.application ?? words.stage} was={<StageChip stage={change.stage_before as Stage} />} is={<StageChip stage={change.stage_after as Stage} />} />
        )}
        {change.leaves_application && <Note>{words.leaves(change.application ?? "")}</Note>}
        {change.joins_application && <Note>{words.joins}</Note>}
        {changes.includes("doubt") && <Note>{after.unsure ? words.lessSure : words.surer}</Note>}
        {changes.includes("details") && <Note>{words.details}</Note>}
      </dl>
    </li>
  );
}

function Diff({ name, was, is }: { name: string; was: ReactNode; is: ReactNode }) {
  return (
    <div className={classes.diff}>
      <dt>{name}</dt>
      <dd>
        <span className={classes.was}>{was}</span>
        <ArrowRight size={13} strokeWidth={2} aria-label={words.to} role="img" />
        <span className={classes.is}>{is}</span>
      </dd>
    </div>
  );
}

function Note({ children }: { children: ReactNode }) {
  return (
    <div className={classes.diff}>
      <dt className="visually-hidden">{words.stage}</dt>
      <dd>{children}</dd>
    </div>
  );
}
