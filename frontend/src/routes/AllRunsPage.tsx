import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { EverybodysRuns } from "@/features/admin/EverybodysRuns";
import { en } from "@/i18n/en";
import { SettingsTabs } from "./SettingsTabs";
import classes from "./Page.module.css";

const route = getRouteApi("/framed/settings/all-runs");

/** Everybody's runs: for admins. */
export function AllRunsPage() {
  const filter = route.useSearch();
  const navigate = useNavigate();
  return (
    <div className={classes.page}>
      <h1 className="visually-hidden">{en.admin.everybody.title}</h1>
      <SettingsTabs />
      <EverybodysRuns filter={filter} onFilter={(search) => void navigate({ to: "/settings/all-runs", search, replace: true })} />
    </div>
  );
}
