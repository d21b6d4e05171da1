import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useCheckDeletions } from "@/api/runs/deletions";
import { useVerify } from "@/api/mail/verify";
import { runsQuery } from "@/api/runs/list";
import type { MailAccount, Verified } from "@/api/types";
import { useToasts } from "@/components/Toaster";
import { en } from "@/i18n/en";
import { day } from "@/lib/dates";
import { isActive, verifySentence } from "@/lib/runs";
import classes from "./VerifyResult.module.css";

const DAYS_SHOWN = 10;

function perDay(missing: Verified["missing"]): [string, number][] {
  const days = new Map<string, number>();
  for (const one of missing) days.set(one.day, (days.get(one.day) ?? 0) + 1);
  return [...days].slice(0, DAYS_SHOWN);
}

interface Props {
  account: MailAccount;
  verified: Verified;
  onFixing: (jobId: string) => void;
}

/** What the comparison with the mailbox found, and what mends it. */
export function VerifyResult({ account, verified, onFixing }: Props) {
  const verify = useVerify();
  const deletions = useCheckDeletions();
  const toasts = useToasts();
  const runs = useQuery(runsQuery);
  const fetching = runs.data?.items.find(({ job_id }) => job_id === verified.fix?.job_id);
  const compare = (fix: boolean) => () => {
    verify.mutate(
      { account: account.id, fix },
      {
        onSuccess: ({ job_id }) => {
          onFixing(job_id);
        },
        onError: toasts.fail,
      },
    );
  };
  const look = () => {
    deletions.mutate(account.address, {
      onSuccess: () => {
        toasts.say(en.mail.started);
      },
      onError: toasts.fail,
    });
  };
  return (
    <div className={classes.result} role="status">
      <p className={classes.sentence}>{verifySentence(verified)}</p>
      {!verified.complete && (
        <>
          <ul aria-label={en.verify.list} className={classes.days}>
            {perDay(verified.missing).map(([date, count]) => (
              <li key={date}>{en.verify.perDay(day(date), count)}</li>
            ))}
          </ul>
          {verified.fix?.job_id ? (
            <p className={classes.mild}>
              {fetching && !isActive(fetching) ? (
                <>
                  {en.verify.fixed}{" "}
                  <Button variant="default" size="compact-xs" loading={verify.isPending} onClick={compare(false)}>
                    {en.verify.again}
                  </Button>
                </>
              ) : (
                en.verify.fixing
              )}
            </p>
          ) : (
            <Button size="xs" loading={verify.isPending} onClick={compare(true)}>
              {en.verify.fix}
            </Button>
          )}
        </>
      )}
      {verified.gone_count > 0 && (
        <p className={classes.mild}>
          {en.verify.gone(verified.gone_count)}{" "}
          <Button variant="default" size="compact-xs" loading={deletions.isPending} onClick={look}>
            {en.mail.deletions}
          </Button>
        </p>
      )}
    </div>
  );
}
