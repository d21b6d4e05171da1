import { Skeleton, Tooltip } from "@mantine/core";
import { CircleHelp, Pin } from "lucide-react";
import type { Application } from "@/api/types";
import { en } from "@/i18n/en";
import { due } from "@/lib/dates";
import { CompanyAvatar } from "./CompanyAvatar";
import { StageChip } from "./StageChip";
import { When } from "./When";
import classes from "./ApplicationRow.module.css";

export const companyOf = (a: Pick<Application, "company_name">): string => a.company_name ?? en.applications.unknownCompany;
export const titleOf = (a: Pick<Application, "job_title">): string => a.job_title ?? en.applications.unknownTitle;

/** One application in a list: who, what, where it stands, what is next, when it last moved. */
export function ApplicationRow({ application: a }: { application: Application }) {
  const source = a.source ? en.applications.source[a.source] : "";
  const next = a.next_action;
  const nextDue = next?.due_at ? due(next.due_at) : null;
  return (
    <span className={classes.row}>
      <CompanyAvatar name={companyOf(a)} />
      <span className={classes.who}>
        <span className={classes.company}>
          <span className={classes.ellipsis} dir="auto">
            {companyOf(a)}
          </span>
          {a.pinned && <Pin size={12} aria-hidden="true" className={classes.mild} />}
          {a.needs_review && (
            <Tooltip label={en.applications.needsReview}>
              <CircleHelp size={13} role="img" aria-label={en.applications.needsReview} className={classes.mild} />
            </Tooltip>
          )}
        </span>
        <span className={classes.title} data-missing={!a.job_title || undefined} dir="auto">
          {titleOf(a)}
        </span>
      </span>
      <span className={classes.next}>
        {next && (
          <>
            <span className={classes.ellipsis}>{next.title}</span>
            {nextDue && (
              <span className={classes.due} data-late={nextDue.late || undefined} data-soon={nextDue.soon || undefined}>
                {nextDue.text}
              </span>
            )}
          </>
        )}
        {!next && source && <span className={classes.ellipsis}>{source}</span>}
      </span>
      <span className={classes.stage}>
        <StageChip stage={a.stage} />
      </span>
      <span className={classes.when}>{a.last_activity_at && <When at={a.last_activity_at} />}</span>
    </span>
  );
}

export function ApplicationRowSkeleton() {
  return (
    <span className={classes.row} aria-hidden="true">
      <Skeleton width="2rem" height="2rem" radius={8} style={{ flex: "none" }} />
      <span className={classes.who}>
        <Skeleton width="45%" height="0.75rem" mt="0.25rem" />
        <Skeleton width="70%" height="0.6875rem" mt="0.5rem" mb="0.2rem" />
      </span>
      <span className={classes.next} />
      <span className={classes.stage}>
        <Skeleton width="4.5rem" height="1.375rem" />
      </span>
      <span className={classes.when}>
        <Skeleton width="1.5rem" height="0.6875rem" />
      </span>
    </span>
  );
}
