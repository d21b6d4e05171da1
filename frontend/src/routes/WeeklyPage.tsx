import { useNavigate, useSearch } from "@tanstack/react-router";
import { WeeklyReport } from "@/features/portability/WeeklyReport";
import { en } from "@/i18n/en";
import classes from "./Page.module.css";

export function WeeklyPage() {
  const period = useSearch({ from: "/framed/analytics/weekly" });
  const navigate = useNavigate();
  return (
    <div className={classes.page}>
      <h1 className="visually-hidden">{en.weekly.title}</h1>
      <WeeklyReport
        period={period}
        onPeriod={(next) => {
          void navigate({ to: "/analytics/weekly", search: next, replace: true });
        }}
      />
    </div>
  );
}
