import { useMerge } from "@/api/applications/manage";
import { useRevokeDecisions } from "@/api/applications/revokeDecision";
import { companyOf } from "@/components/ApplicationRow";
import { useToasts } from "@/components/Toaster";
import { en } from "@/i18n/en";

/** Makes one application of several, with undo. */
export function useMergeThem(): (ids: number[], after?: () => void) => void {
  const merge = useMerge();
  const revoke = useRevokeDecisions();
  const toasts = useToasts();
  // Told also when what asked for it is gone by then, as a dialog is.
  return (ids, after) => {
    merge.mutateAsync(ids).then((whole) => {
      toasts.say(en.manage.merged(ids.length, companyOf(whole)), () => {
        revoke.mutateAsync(whole.decision_ids ?? []).catch(toasts.fail);
      });
      after?.();
    }, toasts.fail);
  };
}
