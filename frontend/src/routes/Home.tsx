import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { statsQuery } from "@/api/applications/stats";
import { accountsQuery } from "@/api/mail/accounts";
import { runsQuery } from "@/api/runs/list";
import { useSync } from "@/api/runs/sync";
import { Failure } from "@/components/States";
import { isReadable } from "@/features/mailsync/accountNames";
import { takeConnecting } from "@/features/mailsync/connecting";
import { isActive, readsMail } from "@/lib/runs";

/** Where the address of the app itself leads: to the doors, to the reading under way, or to the day. */
export function Home() {
  const accounts = useQuery(accountsQuery);
  const runs = useQuery(runsQuery);
  const stats = useQuery(statsQuery);
  const navigate = useNavigate();
  const { mutateAsync: sync } = useSync();
  const error = accounts.error ?? runs.error ?? stats.error;

  // What it starts changes what it looks at; it decides once.
  const decided = useRef(false);
  useEffect(() => {
    if (decided.current || !accounts.data || !runs.data || !stats.data) return;
    decided.current = true;
    const active = runs.data.items.find((run) => isActive(run) && readsMail(run));
    const go = async () => {
      const mailboxes = accounts.data.items.filter((a) => a.provider === "gmail" && isReadable(a));
      const unread = mailboxes.find((a) => !a.last_synced_at);
      if (takeConnecting() && mailboxes.length > 0 && !active) {
        try {
          const { job_id } = await sync({ account: unread?.id });
          await navigate(unread ? { to: "/reading", search: { run: job_id }, replace: true } : { to: "/mail", replace: true });
        } catch {
          await navigate({ to: "/mail", replace: true });
        }
      } else if (active && stats.data.total === 0) await navigate({ to: "/reading", search: { run: active.job_id }, replace: true });
      else if (accounts.data.items.length === 0 && stats.data.total === 0) await navigate({ to: "/welcome", replace: true });
      else await navigate({ to: "/today", replace: true });
    };
    void go();
  }, [accounts.data, runs.data, stats.data, navigate, sync]);

  return error ? <Failure error={error} onRetry={() => void Promise.all([accounts.refetch(), runs.refetch(), stats.refetch()])} /> : null;
}
