import { useQuery } from "@tanstack/react-query";
import { useMarkAllSeen } from "@/api/agenda/seen";
import { accountsQuery } from "@/api/mail/accounts";
import { runsQuery } from "@/api/runs/list";
import { News } from "@/features/replies/News";
import { Today } from "@/features/replies/Today";
import { en } from "@/i18n/en";
import { day, longDay, since, weekday } from "@/lib/dates";
import { isActive, readsMail } from "@/lib/runs";
import { useToasts } from "@/components/Toaster";
import classes from "./TodayPage.module.css";

/** The day as an agenda; below it what is new, and how far the mail is known. */
export function TodayPage() {
  const seen = useMarkAllSeen();
  const toasts = useToasts();
  const markSeen = () => {
    seen.mutate(undefined, {
      onSuccess: () => {
        toasts.say(en.today.seen);
      },
      onError: toasts.fail,
    });
  };
  return (
    <div className={classes.page}>
      <Today
        head={<Head />}
        news={(agenda) => <News agenda={agenda} day={weekday(agenda.news_since ?? "")} onSeen={markSeen} pending={seen.isPending} />}
      />
      <Mailboxes />
    </div>
  );
}

function Head() {
  const runs = useQuery(runsQuery).data?.items.filter(readsMail) ?? [];
  const last = runs[0];
  const text = runs.some(isActive) ? en.today.reading : last?.finished_at ? en.today.readSince(since(last.finished_at)) : "";
  return (
    <header className={classes.head}>
      <h1 className={classes.title}>{longDay()}</h1>
      <p className={classes.mild}>{text}</p>
    </header>
  );
}

function Mailboxes() {
  const accounts = useQuery(accountsQuery).data?.items ?? [];
  const known = accounts.filter((account) => account.complete_since);
  if (known.length === 0) return null;
  return (
    <ul className={classes.boxes}>
      {known.map((account) => (
        <li key={account.id}>{en.today.complete(account.address, day(account.complete_since ?? ""))}</li>
      ))}
    </ul>
  );
}
