import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect } from "react";
import { keysQuery } from "@/api/auth/keys";
import { meQuery } from "@/api/auth/me";
import { sessionsQuery } from "@/api/auth/sessions";
import { authStatusQuery } from "@/api/auth/status";
import { totpQuery } from "@/api/auth/totp";
import { AfterAMoment, Failure } from "@/components/States";
import { Section } from "@/components/Section";
import { useToasts } from "@/components/Toaster";
import { ApiKeys } from "@/features/auth/security/ApiKeys";
import { GoogleLink } from "@/features/auth/security/GoogleLink";
import { PasswordForm } from "@/features/auth/security/PasswordForm";
import { Sessions } from "@/features/auth/security/Sessions";
import { TwoStep } from "@/features/auth/security/TwoStep";
import { en } from "@/i18n/en";
import { SettingsTabs } from "./SettingsTabs";
import classes from "./Page.module.css";

/** How one signs in, where one is signed in, and what scripts may do. */
export function SecurityPage() {
  const { linked } = useSearch({ from: "/framed/settings/security" });
  const status = useQuery(authStatusQuery);
  const me = useQuery(meQuery);
  const toasts = useToasts();
  const navigate = useNavigate();
  const isComplete = ![useQuery(totpQuery).isPending, useQuery(sessionsQuery).isPending, useQuery(keysQuery).isPending].includes(true);
  useEffect(() => {
    if (linked !== "google") return;
    toasts.say(en.security.googleDone);
    void navigate({ to: "/settings/security", replace: true });
  }, [linked, navigate, toasts]);
  return (
    <div className={classes.page}>
      <h1 className="visually-hidden">{en.security.title}</h1>
      <SettingsTabs />
      {me.error && !me.data ? (
        <Failure error={me.error} onRetry={() => void me.refetch()} />
      ) : me.data && isComplete ? (
        <>
          <Section title={en.security.password}>
            <PasswordForm me={me.data} />
          </Section>
          <Section title={en.security.twoStep}>
            <TwoStep hasPassword={me.data.has_password} />
          </Section>
          {(status.data?.google || me.data.has_google) && (
            <Section title={en.security.google}>
              <GoogleLink me={me.data} />
            </Section>
          )}
          <Section title={en.security.sessions}>
            <Sessions />
          </Section>
          <Section title={en.security.keys}>
            <ApiKeys />
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
