import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
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
  const active = (runs.data?.items ?? []).filter(isActive);
  const hasDemo = accounts.data?.items.some((a) => a.is_demo) ?? false;
  return (
    <div className={classes.page}>
      <h1 className="visually-hidden">{en.mail.title}</h1>
      {active.length > 0 && (
        <div className={classes.active}>
          {active.map((run) => (
            <RunProgress key={run.job_id} run={run} />
          ))}
        </div>
      )}
      <Section title={en.mail.accounts}>
        <Accounts busy={active.length > 0} />
      </Section>
      <Section title={en.mail.add}>
        <div className={classes.doors}>
          <Doors withDemo={!hasDemo} onStarted={(run) => void navigate({ to: "/reading", search: { run } })} />
        </div>
      </Section>
      <Section title={en.mail.runs}>
        <Runs />
      </Section>
    </div>
  );
}
