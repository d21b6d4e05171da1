import { Button, Skeleton, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { FileDown, Printer } from "lucide-react";
import { type Period, weeklyCsvAddress, weeklyQuery } from "@/api/reports/weekly";
import type { ReportWeek } from "@/api/types";
import { AfterAMoment, Failure } from "@/components/States";
import { en } from "@/i18n/en";
import { plainDay } from "@/lib/dates";
import classes from "./WeeklyReport.module.css";

/** What was applied for, week by week, as employment offices ask for it: on paper nothing but the report. */
export function WeeklyReport({ period, onPeriod }: { period: Period; onPeriod: (next: Period) => void }) {
  const { data, error, refetch } = useQuery(weeklyQuery(period));
  const from = period.from ?? data?.first ?? "";
  const to = period.to ?? data?.last ?? "";
  return (
    <>
      <div className={classes.tools}>
        <TextInput
          type="date"
          label={en.weekly.from}
          value={from}
          max={to}
          onChange={(event) => {
            if (event.currentTarget.value) onPeriod({ from: event.currentTarget.value, to: to || undefined });
          }}
        />
        <TextInput
          type="date"
          label={en.weekly.to}
          value={to}
          min={from}
          onChange={(event) => {
            if (event.currentTarget.value) onPeriod({ from: from || undefined, to: event.currentTarget.value });
          }}
        />
        <span className={classes.buttons}>
          <Button component="a" href={weeklyCsvAddress(period)} download variant="default" leftSection={<FileDown size={15} aria-hidden="true" />}>
            {en.weekly.csv}
          </Button>
          <Button
            leftSection={<Printer size={15} aria-hidden="true" />}
            disabled={!data}
            onClick={() => {
              window.print();
            }}
          >
            {en.weekly.print}
          </Button>
        </span>
      </div>
      {data ? (
        <article className={classes.report}>
          <header className={classes.head}>
            <h2>{en.weekly.heading}</h2>
            <p>{en.weekly.summary(data.person, plainDay(data.first), plainDay(data.last), data.total)}</p>
          </header>
          {[...data.weeks].reverse().map((week) => (
            <Week key={week.name} week={week} />
          ))}
        </article>
      ) : error ? (
        <Failure error={error} onRetry={() => void refetch()} />
      ) : (
        <AfterAMoment>
          <Skeleton height="24rem" />
        </AfterAMoment>
      )}
    </>
  );
}

function Week({ week }: { week: ReportWeek }) {
  const title = en.weekly.week(Number(week.name.slice(-2)), plainDay(week.first), plainDay(week.last));
  return (
    <section className={classes.week} aria-label={title}>
      <h3>
        {title} <span className={classes.count}>{en.weekly.count(week.lines.length)}</span>
      </h3>
      {week.lines.length > 0 && (
        <table className={classes.table}>
          <thead>
            <tr>
              {[en.weekly.date, en.weekly.company, en.weekly.how, en.weekly.result, en.weekly.contact].map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {week.lines.map((line) => (
              <tr key={line.application_id}>
                <td className="tabular" data-label={en.weekly.date}>
                  {plainDay(line.on)}
                  {!line.confirmed && <span className={classes.mild}>{en.weekly.unconfirmed}</span>}
                </td>
                <td data-label={en.weekly.company}>
                  <strong>{line.company_name || en.weekly.noCompany}</strong>
                  {[line.job_title, line.location, line.reference].filter(Boolean).map((text) => (
                    <span key={text} className={classes.mild}>
                      {text}
                    </span>
                  ))}
                </td>
                <td data-label={en.weekly.how}>{line.how || "–"}</td>
                <td data-label={en.weekly.result}>
                  {line.result}
                  {line.stage !== "applied" && <span className={classes.mild}>{plainDay(line.since)}</span>}
                </td>
                <td data-label={en.weekly.contact}>{line.contact || "–"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
