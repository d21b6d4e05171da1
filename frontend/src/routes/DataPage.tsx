import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { meQuery } from "@/api/auth/me";
import { runsQuery } from "@/api/runs/list";
import { AfterAMoment, Failure } from "@/components/States";
import { Section } from "@/components/Section";
import { DeleteAccount } from "@/features/portability/DeleteAccount";
import { DownloadArchive } from "@/features/portability/DownloadArchive";
import { RestoreArchive } from "@/features/portability/RestoreArchive";
import { en } from "@/i18n/en";
import { SettingsTabs } from "./SettingsTabs";
import classes from "./Page.module.css";

/** The account as a whole: taken away, brought home, ended. */
export function DataPage() {
  const me = useQuery(meQuery);
  const runs = useQuery(runsQuery);
  return (
    <div className={classes.page}>
      <h1 className="visually-hidden">{en.yourData.title}</h1>
      <SettingsTabs />
      {me.error && !me.data ? (
        <Failure error={me.error} onRetry={() => void me.refetch()} />
      ) : me.data && !runs.isPending ? (
        <>
          <Section title={en.yourData.downloadTitle}>
            <DownloadArchive />
          </Section>
          <Section title={en.yourData.restoreTitle}>
            <RestoreArchive />
          </Section>
          <Section title={en.yourData.deleteSection}>
            <DeleteAccount me={me.data} />
          </Section>
        </>
      ) : (
        <AfterAMoment>
          <Skeleton height="20rem" />
        </AfterAMoment>
      )}
    </div>
  );
}
