import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { meQuery } from "@/api/auth/me";
import { authStatusQuery } from "@/api/auth/status";
import { en } from "@/i18n/en";
import classes from "./SettingsTabs.module.css";

const PARTS = [
  { to: "/settings", label: en.settings.general, admin: false },
  { to: "/settings/security", label: en.security.title, admin: false },
  { to: "/settings/data", label: en.yourData.title, admin: false },
  { to: "/settings/import", label: en.tableImport.tab, admin: false },
  { to: "/settings/people", label: en.people.title, admin: true },
  { to: "/settings/installation", label: en.admin.title, admin: true },
  { to: "/settings/all-runs", label: en.admin.everybody.title, admin: true },
] as const;

/** The parts of the settings. */
export function SettingsTabs() {
  const status = useQuery(authStatusQuery);
  const { data: me = status.data?.user } = useQuery(meQuery);
  return (
    <nav className={classes.tabs} aria-label={en.settings.parts}>
      <ul>
        {PARTS.filter((part) => !part.admin || me?.is_admin).map(({ to, label }) => (
          <li key={to}>
            <Link to={to} className={classes.tab} activeOptions={{ exact: true, includeSearch: false }} activeProps={{ "aria-current": "page" }}>
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
