import { useQuery } from "@tanstack/react-query";
import { Undo2 } from "lucide-react";
import { decisionsQuery } from "@/api/applications/manage";
import { useRevokeDecisions } from "@/api/applications/revokeDecision";
import { Failure } from "@/components/States";
import { useToasts } from "@/components/Toaster";
import { When } from "@/components/When";
import { en } from "@/i18n/en";
import { since } from "@/lib/dates";
import classes from "./Decisions.module.css";

/** Everything a person said about this application and its mail, each to be taken back. */
export function Decisions({ applicationId }: { applicationId: number }) {
  const { data, error, refetch } = useQuery(decisionsQuery(applicationId));
  const revoke = useRevokeDecisions();
  const toasts = useToasts();
  return (
    <section aria-label={en.decisions.title}>
      <h3 className={classes.heading}>{en.decisions.title}</h3>
      {error && !data && <Failure error={error} onRetry={() => void refetch()} />}
      {data?.length === 0 && <p className={classes.nothing}>{en.decisions.none}</p>}
      <ul>
        {(data ?? []).map((each) => (
          <li key={each.id} className={classes.item} data-revoked={each.revoked_at !== null || undefined}>
            <span className={classes.sentence} dir="auto">
              {each.sentence}
            </span>
            <span className={classes.when}>
              {each.revoked_at !== null && `${en.decisions.revoked}, `}
              <When at={each.revoked_at ?? each.made_at} text={since(each.revoked_at ?? each.made_at)} />
            </span>
            {each.revoked_at === null && (
              <button
                type="button"
                className={classes.undo}
                aria-label={en.story.undoLine(each.sentence)}
                disabled={revoke.isPending}
                onClick={() => {
                  revoke.mutate([each.id], {
                    onSuccess: () => {
                      toasts.say(en.story.undone);
                    },
                    onError: toasts.fail,
                  });
                }}
              >
                <Undo2 size={13} aria-hidden="true" />
                {en.actions.undo}
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
