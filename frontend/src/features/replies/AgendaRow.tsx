import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { ExternalLink } from "lucide-react";
import type { AgendaLine, Stage } from "@/api/types";
import { CompanyAvatar } from "@/components/CompanyAvatar";
import { StageIcon } from "@/components/StageChip";
import { en } from "@/i18n/en";
import { due, exact, time } from "@/lib/dates";
import { SnoozeMenu } from "./SnoozeMenu";
import { companyName } from "./links";
import classes from "./Today.module.css";

interface Props {
  line: AgendaLine;
  selected: boolean;
  menu: boolean;
  onMenu: (opened: boolean) => void;
  onFocus: () => void;
  /** What the verb does, when it is not a link to follow. */
  onVerb: () => void;
  onSnooze: (until: string) => void;
  onDone: () => void;
}

/** One line of the day: what, with whom, when, and the one thing to do about it. */
export function AgendaRow({ line, selected, menu, onMenu, onFocus, onVerb, onSnooze, onDone }: Props) {
  const company = companyName(line);
  const verb = en.today.verbs[line.verb];
  const label = en.today.verbOf(verb, line.title, company);
  const follows = line.link !== null && (line.verb === "join" || line.verb === "open_test" || line.verb === "open");
  const canWait = line.kind !== "interview";
  return (
    <li className={classes.row} data-row data-selected={selected || undefined} onFocus={onFocus}>
      <span className={classes.avatar}>
        <CompanyAvatar name={company} />
      </span>
      <div className={classes.what}>
        <Link to="/applications/$applicationId" params={{ applicationId: line.application_id }} className={classes.title}>
          {line.kind === "waiting" ? company : line.title}
        </Link>
        <span className={classes.whom}>
          <StageIcon stage={line.stage as Stage} size={13} />
          <span className={classes.names}>
            {line.kind === "waiting" ? "" : company}
            {line.kind !== "waiting" && line.job_title ? ", " : ""}
            {line.job_title ?? ""}
          </span>
        </span>
      </div>
      <Moment line={line} />
      <div className={classes.actions}>
        {follows ? (
          <Button
            component="a"
            href={line.link ?? undefined}
            target="_blank"
            rel="noreferrer noopener"
            variant="default"
            size="compact-md"
            aria-label={label}
            rightSection={<ExternalLink size={12} aria-hidden="true" />}
          >
            {verb}
          </Button>
        ) : (
          <Button variant="default" size="compact-md" aria-label={label} onClick={onVerb}>
            {verb}
          </Button>
        )}
        {canWait ? (
          <SnoozeMenu
            label={en.today.more(line.title, company)}
            opened={menu}
            onOpened={onMenu}
            onSnooze={onSnooze}
            onDone={line.kind === "waiting" || line.verb === "done" ? undefined : onDone}
          />
        ) : (
          <span className={classes.noSnooze} />
        )}
      </div>
    </li>
  );
}

function Moment({ line }: { line: AgendaLine }) {
  if (line.kind === "waiting") {
    const day = line.day ?? 0;
    const over = line.usual_days !== null && day > line.usual_days;
    const text =
      line.usual_days === null
        ? en.today.silentFor(day)
        : line.usual_of === "company"
          ? en.today.usual(line.usual_days, day)
          : en.today.usualOfAll(line.usual_days, day);
    return (
      <span className={classes.when} data-over={over || undefined}>
        {text}
      </span>
    );
  }
  if (!line.at) return <span className={classes.when} />;
  const when = due(line.at);
  const text = line.kind === "interview" && line.ends_at ? `${when.text}–${time(line.ends_at)}` : when.text;
  return (
    <time className={classes.when} dateTime={line.at} data-late={(when.late && line.kind !== "interview") || undefined} title={exact(line.at)}>
      {text}
    </time>
  );
}
