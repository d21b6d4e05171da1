import { Button, Skeleton } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { meQuery } from "@/api/auth/me";
import { authStatusQuery } from "@/api/auth/status";
import { calendarQuery } from "@/api/calendar/get";
import { egressQuery } from "@/api/egress/list";
import { llmCallsQuery } from "@/api/llm/calls";
import { llmSettingsQuery } from "@/api/llm/settings";
import { llmUsageQuery } from "@/api/llm/usage";
import { templatesQuery } from "@/api/replies/templates";
import { previewQuery } from "@/api/reprocess/preview";
import { versionQuery } from "@/api/version";
import { AfterAMoment } from "@/components/States";
import { Section } from "@/components/Section";
import { ReadAgainCard } from "@/features/reprocess/Card";
import { CalendarSettings } from "@/features/replies/CalendarSettings";
import { TemplateSettings } from "@/features/replies/TemplateSettings";
import { Appearance } from "@/features/settings/Appearance";
import { Classifier } from "@/features/settings/classifier/Classifier";
import { Hosts } from "@/features/settings/classifier/Hosts";
import { LeftHouse } from "@/features/settings/classifier/LeftHouse";
import { Profile } from "@/features/settings/Profile";
import { en } from "@/i18n/en";
import { SettingsTabs } from "./SettingsTabs";
import { useSignOut } from "./useSignOut";
import classes from "./Page.module.css";

export function SettingsPage() {
  const status = useQuery(authStatusQuery);
  const { data: me = status.data?.user } = useQuery(meQuery);
  const version = useQuery(versionQuery);
  const { signOut, isPending } = useSignOut();
  const isComplete = useAllHere();
  return (
    <div className={classes.page}>
      <h1 className="visually-hidden">{en.settings.title}</h1>
      <SettingsTabs />
      <Section title={en.settings.profile}>
        {me && <Profile key={me.id} me={me} />}
      </Section>
      <Section title={en.settings.appearance}>
        <div className={classes.line}>
          <p className={classes.mild}>{en.settings.appearanceHint}</p>
          <Appearance />
        </div>
      </Section>
      {isComplete ? (
        <>
          <Section title={en.classifier.title}>
            <Classifier />
          </Section>
          <Section title={en.again.title}>
            <ReadAgainCard />
          </Section>
          <Section title={en.left.title}>
            <Hosts />
            <LeftHouse />
          </Section>
          <Section title={en.calendarFeed.title}>
            <CalendarSettings />
          </Section>
          <Section title={en.templates.title}>
            <TemplateSettings />
          </Section>
          <Section title={en.settings.session}>
            <div className={classes.line}>
              <p className={classes.mild}>{en.settings.sessionText}</p>
              <Button variant="default" loading={isPending} onClick={signOut}>
                {en.actions.signOut}
              </Button>
            </div>
          </Section>
          {version.data && <p className={classes.version}>{en.settings.version(version.data.version)}</p>}
        </>
      ) : (
        <AfterAMoment>
          <Skeleton height="20rem" mt="1.5rem" />
        </AfterAMoment>
      )}
    </div>
  );
}

/** Whether everything that the sections show has come, or failed: they appear together, so that none pushes another. */
function useAllHere(): boolean {
  const pending = [
    useQuery(llmSettingsQuery).isPending,
    useQuery(egressQuery).isPending,
    useQuery(llmUsageQuery).isPending,
    useInfiniteQuery(llmCallsQuery).isPending,
    useQuery(previewQuery()).isPending,
    useQuery(calendarQuery).isPending,
    useQuery(templatesQuery).isPending,
  ];
  return !pending.includes(true);
}
