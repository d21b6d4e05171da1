import { HoverCard, UnstyledButton } from "@mantine/core";
import { ChevronRight } from "lucide-react";
import type { ApplicationDetail, Stage } from "@/api/types";
import { StageIcon } from "@/components/StageChip";
import { en } from "@/i18n/en";
import { day, exact } from "@/lib/dates";
import classes from "./StageTrack.module.css";

const MOMENTS: readonly [Stage, keyof ApplicationDetail][] = [
  ["applied", "applied_at"],
  ["assessment", "assessment_at"],
  ["interview", "interview_at"],
  ["offer", "offer_at"],
  ["accepted", "accepted_at"],
  ["rejected", "rejected_at"],
  ["withdrawn", "withdrawn_at"],
];

interface Props {
  application: ApplicationDetail;
  onShowMail: (emailId: number) => void;
}

/** The stages it went through, each with its date; hover shows the deciding sentence, a click its mail. */
export function StageTrack({ application: a, onShowMail }: Props) {
  const reached = MOMENTS.flatMap(([stage, key]) => {
    const at = a[key];
    return typeof at === "string" ? [{ stage, at }] : [];
  }).sort((x, y) => x.at.localeCompare(y.at));
  if (reached.length === 0) return null;
  return (
    <ol className={classes.track}>
      {reached.map(({ stage, at }, i) => {
        const evidence = a.stage_evidence[stage];
        const content = (
          <>
            <StageIcon stage={stage} />
            <span className={classes.name}>{en.stages[stage]}</span>
            <time dateTime={at} className={classes.date}>
              {day(at)}
            </time>
          </>
        );
        return (
          <li key={stage} className={classes.item}>
            {i > 0 && <ChevronRight size={13} aria-hidden="true" className={classes.arrow} />}
            {evidence ? (
              <HoverCard width="20rem" position="bottom-start">
                <HoverCard.Target>
                  <UnstyledButton
                    className={classes.stage}
                    onClick={() => {
                      onShowMail(evidence.email_id);
                    }}
                  >
                    {content}
                  </UnstyledButton>
                </HoverCard.Target>
                <HoverCard.Dropdown>
                  {evidence.quote && (
                    <p className={classes.quote} dir="auto">
                      {evidence.quote}
                    </p>
                  )}
                  <p className={classes.by}>
                    {evidence.sender_name && <span>{evidence.sender_name}, </span>}
                    {exact(evidence.at)}
                  </p>
                </HoverCard.Dropdown>
              </HoverCard>
            ) : (
              <span className={classes.stage} title={exact(at)}>
                {content}
              </span>
            )}
          </li>
        );
      })}
    </ol>
  );
}
