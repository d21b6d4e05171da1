import { Anchor } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useRef } from "react";
import { accountsQuery } from "@/api/mail/accounts";
import { runsQuery } from "@/api/runs/list";
import { RunProgress } from "@/components/RunProgress";
import { Section } from "@/components/Section";
import { Accounts } from "@/features/mailsync/Accounts";
import { Doors } from "@/features/mailsync/Doors";
import { Runs } from "@/features/mailsync/Runs";
import { en } from "@/i18n/en";
import { isActive } from "@/lib/runs";
import classes from "./Page.module.css";

export function MailPage() {
  const navigate = useNavigate();
  const runs = useQuery(runsQuery);
  const accounts = useQuery(accountsQuery);
  const doors = useRef<HTMLDivElement>(null);
  const active = (runs.data?.items ?? []).filter(isActive);
  const hasDemo = accounts.data?.items.some((a) => a.is_demo) ?? false;
  const watch = (run: string) => void navigate({ to: "/reading", search: { run } });
  return (
    <div className={classes.page}>
      <h1 className="visually-hidden">{en.mail.title}</h1>
      {active.length > 0 && (
        <div className={classes.active}>
          {active.map((run) => (
            <RunProgress
              key={run.job_id}
              run={run}
              onFaster={() => {
                doors.current?.scrollIntoView({ block: "start" });
                doors.current?.querySelector("button")?.focus();
              }}
            />
          ))}
        </div>
      )}
      <Section
        title={en.mail.accounts}
        aside={
          <Anchor component={Link} to="/mail/doctor" className={classes.aside}>
            {en.mail.doctor}
          </Anchor>
        }
      >
        <Accounts busy={active.some((run) => run.kind !== "backfill" && run.kind !== "verify")} onStarted={watch} />
      </Section>
      {/* Below the accounts, whose number decides where it stands: shown when they are there, it doesn't jump. */}
      {(accounts.data ?? accounts.error) && (
        <>
          <Section title={en.mail.add}>
            <div className={classes.doors} ref={doors}>
              <Doors withDemo={!hasDemo} onStarted={watch} />
            </div>
          </Section>
          <Section title={en.mail.runs}>
            <Runs />
          </Section>
        </>
      )}
    </div>
  );
}
