import { Button, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { doctorQuery } from "@/api/doctor";
import { AfterAMoment, Failure } from "@/components/States";
import { en } from "@/i18n/en";
import { time } from "@/lib/dates";
import { FindingLine } from "./FindingLine";
import classes from "./Doctor.module.css";

const LINES_EXPECTED = 7;

/** What works and what doesn't, worst first: a sentence and one thing to do for each. */
export function Doctor() {
  const { data, error, isFetching, refetch } = useQuery({ ...doctorQuery, staleTime: 10_000 });
  const order = { fail: 0, warn: 1, ok: 2 };
  const items = [...(data?.items ?? [])].sort((a, b) => order[a.status] - order[b.status]);
  return (
    <section aria-labelledby="doctor-title">
      <header className={classes.head}>
        <div>
          <h1 id="doctor-title" className={classes.title}>
            {en.doctor.title}
          </h1>
          <p className={classes.lead} role="status">
            {isFetching ? en.doctor.checking : data ? `${en.doctor.whole[data.status] ?? ""} ${en.doctor.at(time(data.checked_at))}.` : en.doctor.lead}
          </p>
        </div>
        <Button variant="default" loading={isFetching} onClick={() => void refetch()}>
          {en.doctor.again}
        </Button>
      </header>
      {error && !data && <Failure error={error} onRetry={() => void refetch()} />}
      {!data && !error && (
        <AfterAMoment>
          {Array.from({ length: LINES_EXPECTED }, (_, i) => (
            <Skeleton key={i} height="1.25rem" my="1rem" />
          ))}
        </AfterAMoment>
      )}
      <ul>
        {items.map((finding, i) => (
          <FindingLine key={`${finding.code}-${finding.mail_account_id ?? ""}-${i}`} finding={finding} />
        ))}
      </ul>
    </section>
  );
}
