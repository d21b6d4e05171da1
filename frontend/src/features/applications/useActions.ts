import { useRevokeDecisions } from "@/api/applications/revokeDecision";
import { type PutAside, usePutAside } from "@/api/applications/manage";
import { usePatchApplication } from "@/api/applications/patch";
import type { Application } from "@/api/types";
import { companyOf } from "@/components/ApplicationRow";
import { useToasts } from "@/components/Toaster";
import { en } from "@/i18n/en";

/** What can be done with an application as a whole; each with its sentence and its undo. */
export function useActions(a: Application & { archived_at?: string | null; deleted_at?: string | null }, onGone?: () => void) {
  const patch = usePatchApplication();
  const aside = usePutAside();
  const revoke = useRevokeDecisions();
  const toasts = useToasts();
  const put = (how: PutAside, sentence: string) => {
    if (how !== "restore") onGone?.();
    // Told also when the story is gone by then.
    aside.mutateAsync({ id: a.id, how }).then(({ decision_ids }) => {
      toasts.say(sentence, () => {
        revoke.mutateAsync(decision_ids ?? []).catch(toasts.fail);
      });
    }, toasts.fail);
  };
  return {
    pin: () => {
      const pinned = !a.pinned;
      patch.mutate(
        { id: a.id, change: { pinned } },
        {
          onSuccess: ({ decision_ids }) => {
            toasts.say(pinned ? en.manage.pinnedNow(companyOf(a)) : en.manage.unpinnedNow(companyOf(a)), () => {
              revoke.mutate(decision_ids ?? [], { onError: toasts.fail });
            });
          },
          onError: toasts.fail,
        },
      );
    },
    archive: () => {
      if (a.archived_at || a.deleted_at) put("restore", en.manage.restored(companyOf(a)));
      else put("archive", en.manage.archived(companyOf(a)));
    },
    remove: () => {
      put("delete", en.manage.deleted(companyOf(a)));
    },
  };
}
