import { Tooltip, UnstyledButton } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { Link, Outlet, useMatchRoute, useNavigate } from "@tanstack/react-router";
import { Briefcase, CalendarDays, ChartNoAxesColumn, ListChecks, Mailbox, PanelLeftClose, PanelLeftOpen, Search, Settings } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { meQuery } from "@/api/auth/me";
import { authStatusQuery } from "@/api/auth/status";
import { runsQuery } from "@/api/runs/list";
import { versionQuery } from "@/api/version";
import { Wordmark } from "@/components/Wordmark";
import { UserMenu } from "@/features/auth/UserMenu";
import { SyncPill } from "@/features/mailsync/SyncPill";
import { en } from "@/i18n/en";
import { useKeys } from "@/lib/keys";
import { useLive } from "@/lib/live";
import { useStored } from "@/lib/stored";
import { useSignOut } from "./useSignOut";
import { Views } from "./Views";
import classes from "./Frame.module.css";

// What opens over the page comes when it is first asked for.
const CommandPalette = lazy(async () => ({ default: (await import("./CommandPalette")).CommandPalette }));
const KeySheet = lazy(async () => ({ default: (await import("./KeySheet")).KeySheet }));
const LoneMail = lazy(async () => ({ default: (await import("./LoneMail")).LoneMail }));

const PAGES = [
  { to: "/today", label: en.nav.today, icon: CalendarDays, command: "goToday" },
  { to: "/applications", label: en.nav.applications, icon: Briefcase, command: "goApplications" },
  { to: "/review", label: en.nav.review, icon: ListChecks, command: "goReview" },
  { to: "/analytics", label: en.nav.analytics, icon: ChartNoAxesColumn, command: "goAnalytics" },
  { to: "/mail", label: en.nav.mail, icon: Mailbox, command: "goMail" },
  { to: "/settings", label: en.nav.settings, icon: Settings, command: "goSettings" },
] as const;

/** The frame around every page: rail (or bottom bar), top bar with search, freshness and account. */
export function Frame() {
  const navigate = useNavigate();
  const matchRoute = useMatchRoute();
  const { signOut } = useSignOut();
  const status = useQuery(authStatusQuery);
  const authenticated = status.data?.authenticated ?? false;
  const me = useQuery({ ...meQuery, enabled: authenticated });
  const version = useQuery(versionQuery);
  useQuery({ ...runsQuery, enabled: authenticated });
  useLive(authenticated);
  const phone = useMediaQuery("(max-width: 47.9375em)", undefined, { getInitialValueInEffect: false });
  const [narrow, setNarrow] = useStored("rail-narrow", false);
  const [palette, setPalette] = useState(false);
  const [keys, setKeys] = useState(false);
  const [loneMail, setLoneMail] = useState<number | null>(null);

  const current = PAGES.find((page) => matchRoute({ to: page.to, fuzzy: true }));
  useKeys({
    palette: () => {
      setPalette(true);
    },
    help: () => {
      setKeys(true);
    },
    goToday: () => void navigate({ to: "/today" }),
    goApplications: () => void navigate({ to: "/applications" }),
    board: () => void navigate({ to: "/applications", search: { layout: "board" } }),
    goReview: () => void navigate({ to: "/review" }),
    goAnalytics: () => void navigate({ to: "/analytics" }),
    goMail: () => void navigate({ to: "/mail" }),
    goSettings: () => void navigate({ to: "/settings" }),
    // The applications page does it itself, and keeps what it shows.
    ...(current?.to === "/applications" ? {} : { create: () => void navigate({ to: "/applications", search: { new: true } }) }),
  });
  const user = me.data ?? status.data?.user;
  const collapsed = narrow && !phone;

  const links = PAGES.map(({ to, label, icon: Icon }) => {
    const link = (
      <Link to={to} className={classes.link} activeProps={{ "aria-current": "page" }} activeOptions={{ includeSearch: false }}>
        <Icon size={17} strokeWidth={1.8} aria-hidden="true" />
        <span className={collapsed ? "visually-hidden" : undefined}>{label}</span>
      </Link>
    );
    return (
      <li key={to}>
        <Tooltip label={label} position="right" disabled={!collapsed}>
          {link}
        </Tooltip>
        {to === "/applications" && !collapsed && !phone && <Views />}
      </li>
    );
  });

  return (
    <div className={classes.frame} data-narrow={collapsed || undefined}>
      <a href="#content" className={classes.skip}>
        {en.nav.skip}
      </a>
      {!phone && (
        <nav className={classes.rail} aria-label={en.nav.label}>
          <div className={classes.brand}>
            <Wordmark small={collapsed} />
          </div>
          <ul className={classes.links}>{links}</ul>
          <div className={classes.railFoot}>
            <UnstyledButton
              className={classes.collapse}
              aria-label={collapsed ? en.nav.expand : en.nav.collapse}
              onClick={() => {
                setNarrow(!narrow);
              }}
            >
              {collapsed ? <PanelLeftOpen size={16} strokeWidth={1.8} aria-hidden="true" /> : <PanelLeftClose size={16} strokeWidth={1.8} aria-hidden="true" />}
            </UnstyledButton>
            {!collapsed && version.data && <span className={classes.version}>{en.settings.version(version.data.version)}</span>}
          </div>
        </nav>
      )}
      <div className={classes.main}>
        <header className={classes.bar}>
          <span className={classes.pageTitle}>{current?.label ?? ""}</span>
          <UnstyledButton
            className={classes.search}
            onClick={() => {
              setPalette(true);
            }}
          >
            <Search size={15} aria-hidden="true" />
            <span className={classes.searchText}>{en.search.open}</span>
            <kbd className={classes.kbd}>{navigator.platform.startsWith("Mac") ? "⌘K" : "Ctrl K"}</kbd>
          </UnstyledButton>
          <SyncPill onOpen={() => void navigate({ to: "/mail" })} />
          {user && (
            <UserMenu
              me={user}
              onSignOut={signOut}
              onSettings={() => void navigate({ to: "/settings" })}
              onKeys={() => {
                setKeys(true);
              }}
            />
          )}
        </header>
        <main id="content" className={classes.content} tabIndex={-1}>
          <Outlet />
        </main>
      </div>
      {phone && (
        <nav className={classes.bottom} aria-label={en.nav.label}>
          <ul>{links}</ul>
        </nav>
      )}
      <Suspense fallback={null}>
        {palette && (
          <CommandPalette
            places={PAGES}
            onGo={({ to }) => void navigate({ to })}
            onLoneMail={setLoneMail}
            onClose={() => {
              setPalette(false);
            }}
          />
        )}
        {loneMail !== null && (
          <LoneMail
            id={loneMail}
            onClose={() => {
              setLoneMail(null);
            }}
          />
        )}
        {keys && (
          <KeySheet
            opened
            onClose={() => {
              setKeys(false);
            }}
          />
        )}
      </Suspense>
    </div>
  );
}
