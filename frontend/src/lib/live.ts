import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { accountsQuery } from "@/api/mail/accounts";
import { runsQuery } from "@/api/runs/list";
import type { Page, Run } from "@/api/types";
import { isActive, upsertRun } from "./runs";

/** The stream could not be had: ask again every 1.5 s, growing by half up to 10 s; starts over when something changes. */
export function nextPoll(before: number | null): number {
  return before === null ? 1500 : Math.min(10_000, before * 1.5);
}

type Message = { type: "hello" } | { type: "runs"; runs: Run[] };
const REFRESH_MS = 1200;

/** Writes changed runs into the cache and refreshes what they change: the lists while a run reads, everything when it ends. */
export class LiveRuns {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private marks = new Map<string, string>();
  private hasLooked = false;

  constructor(private readonly client: QueryClient) {}

  apply(runs: readonly Run[]): boolean {
    let moved = false;
    let ended = false;
    for (const run of runs) {
      const mark = `${run.state}:${run.result?.applications_created ?? 0}:${run.result?.applications_changed ?? 0}:${run.created}`;
      const before = this.marks.get(run.job_id);
      if (before !== undefined && before !== mark) {
        moved = true;
        if (!isActive(run)) ended = true;
      } else if (before === undefined && (isActive(run) || this.hasLooked)) {
        moved = true;
        if (!isActive(run)) ended = true; // it came and went between two looks
      }
      this.marks.set(run.job_id, mark);
    }
    this.hasLooked = true;
    this.client.setQueryData<Page<Run>>(runsQuery.queryKey, (page) => {
      const items = runs.reduce(upsertRun, page?.items ?? []);
      items.sort((a, b) => b.created_at.localeCompare(a.created_at));
      return { offset: 0, limit: 30, ...page, items, total: Math.max(items.length, page?.total ?? 0) };
    });
    if (ended) {
      this.refreshNow();
      void this.client.invalidateQueries({ queryKey: ["analytics"] });
    }
    else if (moved) this.refreshSoon();
    return moved;
  }

  private refreshSoon(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.refreshNow();
    }, REFRESH_MS);
  }

  private refreshNow(): void {
    void this.client.invalidateQueries({ queryKey: ["applications"] });
    void this.client.invalidateQueries({ queryKey: accountsQuery.queryKey });
    void this.client.invalidateQueries({ queryKey: ["runs"], predicate: (q) => q.queryKey.length > 1 });
  }

  stop(): void {
    clearTimeout(this.timer);
  }
}

/** Keeps runs current for the whole page. One tab holds the stream and tells the others. */
export function useLive(enabled: boolean): void {
  const client = useQueryClient();
  const [polling, setPolling] = useState(false);

  useEffect(() => {
    if (!enabled) return;
    const live = new LiveRuns(client);
    const stop = new AbortController();
    const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("jobtrail-live");
    let source: EventSource | null = null;
    let latest: Run[] = [];

    const tell = (message: Message) => channel?.postMessage(message);
    const take = (runs: Run[]) => {
      latest = runs.reduce(upsertRun, latest);
      live.apply(runs);
    };
    if (channel) {
      channel.onmessage = ({ data }: MessageEvent<Message>) => {
        if (data.type === "runs") live.apply(data.runs);
        else if (source) tell({ type: "runs", runs: latest });
      };
    }
    const listen = () => {
      source = new EventSource("/api/events", { withCredentials: true });
      source.onopen = () => {
        setPolling(false);
      };
      source.onerror = () => {
        // While it reconnects by itself, and for good once it gave up, polling fills in.
        setPolling(true);
      };
      source.addEventListener("snapshot", (event) => {
        const { runs } = JSON.parse((event as MessageEvent<string>).data) as { runs: Run[] };
        setPolling(false);
        take(runs);
        tell({ type: "runs", runs });
      });
      source.addEventListener("run", (event) => {
        const run = JSON.parse((event as MessageEvent<string>).data) as Run;
        take([run]);
        tell({ type: "runs", runs: [run] });
      });
    };
    if ("locks" in navigator) {
      const held = () =>
        new Promise<void>((resolve) => {
          listen();
          stop.signal.addEventListener("abort", () => {
            resolve();
          });
        });
      void navigator.locks.request("jobtrail-live", { signal: stop.signal }, held).catch(() => undefined);
      tell({ type: "hello" });
    } else listen();

    return () => {
      stop.abort();
      source?.close();
      channel?.close();
      live.stop();
    };
  }, [client, enabled]);

  useEffect(() => {
    if (!enabled || !polling) return;
    const live = new LiveRuns(client);
    let wait: number | null = null;
    let timer: ReturnType<typeof setTimeout>;
    const ask = async () => {
      try {
        const page = await client.fetchQuery({ ...runsQuery, staleTime: 0 });
        if (live.apply(page.items)) wait = null;
      } catch {
        // The next round asks again; the page shows the failure where it matters.
      }
      wait = nextPoll(wait);
      timer = setTimeout(() => void ask(), wait);
    };
    timer = setTimeout(() => void ask(), nextPoll(null));
    return () => {
      clearTimeout(timer);
      live.stop();
    };
  }, [client, enabled, polling]);
}
