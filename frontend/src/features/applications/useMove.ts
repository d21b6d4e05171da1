import { usePatchApplication } from "@/api/applications/patch";
import { useRevokeDecisions } from "@/api/applications/revokeDecision";
import type { Application, Stage } from "@/api/types";
import { companyOf } from "@/components/ApplicationRow";
import { useToasts } from "@/components/Toaster";
import { en } from "@/i18n/en";

/** Says where an application stands: at once, with undo, and put back with a message when it is refused. */
export function useMove(): (application: Application, stage: Stage, at?: string) => void {
  const patch = usePatchApplication();
  const revoke = useRevokeDecisions();
  const toasts = useToasts();
  // Told also when what asked for it is gone by then, as a card in a folded column is.
  return (application, stage, at) => {
    if (stage === application.stage) return;
    patch.mutateAsync({ id: application.id, change: { stage, ...(at ? { at } : {}) } }).then(({ decision_ids }) => {
      toasts.say(en.story.moved(companyOf(application), en.stages[stage]), () => {
        revoke.mutateAsync(decision_ids ?? []).catch(toasts.fail);
      });
    }, toasts.fail);
  };
}
