import { SegmentedControl, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { adminMetricsQuery } from "@/api/admin/metrics";
import { Section } from "@/components/Section";
import { AfterAMoment, Failure } from "@/components/States";
import { ModelFigures, QueueFigures, RunFigures, StorageFigures } from "@/features/admin/Figures";
import { en } from "@/i18n/en";
import { SettingsTabs } from "./SettingsTabs";
import classes from "./Page.module.css";

const route = getRouteApi("/framed/settings/installation");
const words = en.admin;

/** How the installation has been doing: for admins. */
export function InstallationPage() {
  const { days = 7 } = route.useSearch();
  const navigate = useNavigate();
  const { data, error, refetch } = useQuery(adminMetricsQuery(days));
  return (
    <div className={classes.page}>
      <h1 className="visually-hidden">{words.title}</h1>
      <SettingsTabs />
      {error && !data ? (
        <Failure error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <AfterAMoment>
          <Skeleton height="22rem" mt="1.5rem" />
        </AfterAMoment>
      ) : (
        <>
          <Section
            title={words.runs.title}
            aside={
              <SegmentedControl
                size="xs"
                aria-label={words.period}
                value={String(days)}
                data={words.periods.map(({ days: value, label }) => ({ value: String(value), label }))}
                onChange={(value) => void navigate({ to: "/settings/installation", search: { days: Number(value) } })}
              />
            }
          >
            <RunFigures metrics={data} />
          </Section>
          <Section title={words.queue.title}>
            <QueueFigures metrics={data} />
          </Section>
          <Section title={words.models.title}>
            <ModelFigures metrics={data} />
          </Section>
          <Section title={words.storage.title}>
            <StorageFigures metrics={data} />
          </Section>
          <p className={classes.version}>{words.footer(data.version, data.people.users, data.people.active_in_a_week)}</p>
        </>
      )}
    </div>
  );
}
