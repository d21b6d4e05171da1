import { UnstyledButton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Ban, CheckCircle2, CircleAlert, LoaderCircle, Mail } from "lucide-react";
import { accountsQuery } from "@/api/mail/accounts";
import { runsQuery } from "@/api/runs/list";
import { Bar } from "@/components/Bar";
import { en } from "@/i18n/en";
import { duration, since } from "@/lib/dates";
import { isActive, readsMail } from "@/lib/runs";
import { isLost } from "./accountNames";
import classes from "./SyncPill.module.css";

/** How fresh the page is, always in sight: idle, running with bar and time left, or stopped. */
export function SyncPill({ onOpen }: { onOpen: () => void }) {
  const runs = useQuery(runsQuery);
  const accounts = useQuery(accountsQuery);
  const mailRuns = (runs.data?.items ?? []).filter(readsMail);
  const active = mailRuns.find(isActive);
  const last = mailRuns[0];
  const lost = accounts.data?.items.find(isLost);

  let state: "running" | "error" | "idle" | "canceled" | "none" = "none";
  let text: string = en.pill.never;
  let freshness = "";
  if (active) {
    state = "running";
    text = en.pill.running(active.percent);
  } else if (lost) {
    state = "error";
    text = lost.provider === "gmail" ? en.pill.reauth : en.pill.signIn;
  } else if (last?.state === "error") {
    state = "error";
    text = en.pill.error;
  } else if (last) {
    state = last.state === "canceled" ? "canceled" : "idle";
    text = last.state === "canceled" ? en.pill.canceled : en.pill.idle;
    freshness = since(last.finished_at ?? last.created_at);
  }
  const Icon = { running: LoaderCircle, error: CircleAlert, idle: CheckCircle2, canceled: Ban, none: Mail }[state];
  const loaded = runs.data !== undefined && accounts.data !== undefined;
  const eta = active?.eta_seconds != null ? en.runs.eta(duration(active.eta_seconds)) : "";
  return (
    <UnstyledButton className={classes.pill} data-state={state} data-waiting={!loaded || undefined} onClick={onOpen}>
      <Icon size={14} strokeWidth={2} aria-hidden="true" className={state === "running" ? classes.turning : undefined} />
      <span className={classes.text} data-idle={state === "idle" || undefined}>
        {text}
      </span>
      {freshness && <span className={classes.freshness}>{freshness}</span>}
      <span className="visually-hidden">{en.pill.open}</span>
      {eta && <span className={classes.eta}>{eta}</span>}
      {active && (
        <span className={classes.bar} aria-hidden="true">
          <Bar percent={active.percent} label={text} />
        </span>
      )}
    </UnstyledButton>
  );
}
