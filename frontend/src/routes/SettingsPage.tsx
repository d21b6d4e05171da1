import { Button, Skeleton } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useRouter } from "@tanstack/react-router";
import { useLogout } from "@/api/auth/logout";
import { meQuery } from "@/api/auth/me";
import { authStatusQuery } from "@/api/auth/status";
import { versionQuery } from "@/api/version";
import { Section } from "@/components/Section";
import { Failure } from "@/components/States";
import { useToasts } from "@/components/Toaster";
import { Appearance } from "@/features/settings/Appearance";
import { Profile } from "@/features/settings/Profile";
import { en } from "@/i18n/en";
import classes from "./Page.module.css";

export function SettingsPage() {
  const me = useQuery(meQuery);
  const version = useQuery(versionQuery);
  const logout = useLogout();
  const client = useQueryClient();
  const navigate = useNavigate();
  const router = useRouter();
  const toasts = useToasts();
  const signOut = () => {
    logout.mutate(undefined, {
      onSuccess: async () => {
        client.clear();
        await client.fetchQuery(authStatusQuery);
        await navigate({ to: "/sign-in" });
        await router.invalidate();
      },
      onError: toasts.fail,
    });
  };
  return (
    <div className={classes.page}>
      <h1 className="visually-hidden">{en.settings.title}</h1>
      <Section title={en.settings.profile}>
        {me.data ? <Profile key={me.data.id} me={me.data} /> : me.error ? <Failure error={me.error} onRetry={() => void me.refetch()} /> : <Skeleton height="6rem" mt="1rem" />}
      </Section>
      <Section title={en.settings.appearance}>
        <div className={classes.line}>
          <p className={classes.mild}>{en.settings.appearanceHint}</p>
          <Appearance />
        </div>
      </Section>
      <Section title={en.settings.session}>
        <div className={classes.line}>
          <p className={classes.mild}>{en.settings.sessionText}</p>
          <Button variant="default" loading={logout.isPending} onClick={signOut}>
            {en.actions.signOut}
          </Button>
        </div>
      </Section>
      {version.data && <p className={classes.version}>{en.settings.version(version.data.version)}</p>}
    </div>
  );
}
