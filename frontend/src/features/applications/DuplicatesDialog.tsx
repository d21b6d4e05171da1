import { Button, Modal } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { CopyCheck } from "lucide-react";
import { duplicatesQuery, useDismissDuplicate } from "@/api/applications/duplicates";
import { useRevokeDecisions } from "@/api/applications/revokeDecision";
import { companyOf, titleOf } from "@/components/ApplicationRow";
import { StageChip } from "@/components/StageChip";
import { AfterAMoment, Empty, Failure } from "@/components/States";
import { useToasts } from "@/components/Toaster";
import { en } from "@/i18n/en";
import { day } from "@/lib/dates";
import { useMergeThem } from "./useMergeThem";
import classes from "./DuplicatesDialog.module.css";

/** Applications that may be the same, each pair with why, to be made one or told apart. */
export function DuplicatesDialog({ onClose }: { onClose: () => void }) {
  const { data, error, refetch } = useQuery(duplicatesQuery);
  const merge = useMergeThem();
  const dismiss = useDismissDuplicate();
  const revoke = useRevokeDecisions();
  const toasts = useToasts();
  const tellApart = (ids: number[]) => {
    dismiss.mutateAsync(ids).then(({ decision_ids }) => {
      toasts.say(en.duplicates.apart, () => {
        revoke.mutateAsync(decision_ids).catch(toasts.fail);
      });
    }, toasts.fail);
  };
  return (
    <Modal opened onClose={onClose} title={en.duplicates.title} size="40rem" closeButtonProps={{ "aria-label": en.actions.close }}>
      {error && !data && <Failure error={error} onRetry={() => void refetch()} />}
      {!data && !error && <AfterAMoment>{en.duplicates.looking}</AfterAMoment>}
      {data?.items.length === 0 && <Empty icon={CopyCheck} title={en.duplicates.none} detail={en.duplicates.noneDetail} />}
      <ul>
        {(data?.items ?? []).map((each) => {
          const ids = each.applications.map((a) => a.id);
          return (
            <li key={ids.join()} className={classes.pair}>
              <ul>
                {each.applications.map((a) => (
                  <li key={a.id} className={classes.one}>
                    <span className={classes.names}>
                      <strong dir="auto">{companyOf(a)}</strong> <span dir="auto">{titleOf(a)}</span>
                      <span className={classes.since}>{en.duplicates.last(day(a.last_activity_at))}</span>
                    </span>
                    <StageChip stage={a.stage} />
                  </li>
                ))}
              </ul>
              <div className={classes.foot}>
                <span className={classes.why}>{en.duplicates.why(each.reasons.map((reason) => en.duplicates.reasons[reason]))}</span>
                <Button
                  size="compact-sm"
                  variant="default"
                  disabled={dismiss.isPending}
                  onClick={() => {
                    tellApart(ids);
                  }}
                >
                  {en.duplicates.notSame}
                </Button>
                <Button
                  size="compact-sm"
                  variant="light"
                  onClick={() => {
                    merge(ids);
                  }}
                >
                  {en.bulk.merge}
                </Button>
              </div>
            </li>
          );
        })}
      </ul>
    </Modal>
  );
}
