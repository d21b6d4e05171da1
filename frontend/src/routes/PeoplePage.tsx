import { Skeleton } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { usersQuery } from "@/api/admin/users";
import { authStatusQuery } from "@/api/auth/status";
import { AfterAMoment } from "@/components/States";
import { Section } from "@/components/Section";
import { People } from "@/features/admin/People";
import { en } from "@/i18n/en";
import { SettingsTabs } from "./SettingsTabs";
import classes from "./Page.module.css";

/** Accounts of this installation, for administrators. */
export function PeoplePage() {
  const { data: status } = useQuery(authStatusQuery);
  const isPending = useInfiniteQuery(usersQuery).isPending;
  return (
    <div className={classes.page}>
      <h1 className="visually-hidden">{en.people.title}</h1>
      <SettingsTabs />
      {status?.user && !isPending ? (
        <Section title={en.people.title}>
          <People myId={status.user.id} registration={status.registration} google={status.google} />
        </Section>
      ) : (
        <AfterAMoment>
          <Skeleton height="12rem" />
        </AfterAMoment>
      )}
    </div>
  );
}
