import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { heldPages, nameOf } from "@/api/applications/cache";
import type { ApplicationFilter } from "@/api/applications/list";
import { applicationQuery } from "@/api/applications/one";
import { usePatchApplication } from "@/api/applications/patch";
import { timelineQuery } from "@/api/applications/timeline";
import type { Stage } from "@/api/types";
import { companyOf } from "@/components/ApplicationRow";
import { useToasts } from "@/components/Toaster";
import { en } from "@/i18n/en";
import { StageWatch } from "@/lib/stageWatch";

/** More at once is a mailbox being read, which tells of itself elsewhere. */
const MOST = 3;

/** Tells when new mail moves an application that the lists showed elsewhere, with the way back as undo. */
export function useStageNews(): void {
  const client = useQueryClient();
  const patch = usePatchApplication();
  const toasts = useToasts();
  const tell = useRef<(id: number, was: Stage) => Promise<void>>(() => Promise.resolve());
  useEffect(() => {
    tell.current = async (id, was) => {
      const now = await client.fetchQuery({ ...applicationQuery(id), staleTime: 0 });
      if (now.stage === was || now.id !== id) return;
      const history = await client.fetchInfiniteQuery({ ...timelineQuery(id), staleTime: 0 });
      const line = history.pages[0]?.items.find((each) => each.type === "stage_changed");
      if (!line?.automatic || line.stage !== now.stage) return;
      toasts.say(en.board.arrived(en.story.moved(companyOf(now), en.stages[now.stage])), () => {
        patch.mutate({ id, change: { stage: was } }, { onError: toasts.fail });
      });
    };
  });
  useEffect(() => {
    const watch = new StageWatch();
    return client.getQueryCache().subscribe((event) => {
      const { queryKey } = event.query;
      if (event.type !== "updated" || event.action.type !== "success" || queryKey[0] !== "applications" || queryKey[1] !== "list") return;
      // A list is watched as a whole: what only went over to its next hundred has not moved.
      const filter = queryKey[2] as ApplicationFilter;
      const rows = [...heldPages(client, filter).values()].flatMap((page) => page.items);
      // What the page itself wrote is the person's own doing.
      const moved = watch.see(nameOf(filter), rows, event.action.manual === true);
      if (moved.length > MOST) return;
      for (const { id, was } of moved) tell.current(id, was).catch(() => undefined);
    });
  }, [client]);
}
