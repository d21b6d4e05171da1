import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { previewQuery } from "@/api/reprocess/preview";
import { useStartReprocess } from "@/api/reprocess/start";
import { runsQuery } from "@/api/runs/list";
import type { ReprocessRequest } from "@/api/types";
import { RunProgress } from "@/components/RunProgress";
import { Section } from "@/components/Section";
import { Failure } from "@/components/States";
import { useToasts } from "@/components/Toaster";
import { en } from "@/i18n/en";
import { isActive } from "@/lib/runs";
import { Changes } from "./Changes";
import { Offers } from "./Offers";
import { Outcome } from "./Outcome";
import { Wish } from "./Wish";
import classes from "./ReadAgain.module.css";

/** Mail is read again: chosen, counted, watched, and what would change is looked at before it does. */
export function ReadAgain() {
  const [offset, setOffset] = useState(0);
  const client = useQueryClient();
  const runs = useQuery(runsQuery);
  const preview = useQuery(previewQuery(offset));
  const start = useStartReprocess();
  const toasts = useToasts();
  const newest = runs.data?.items.find((run) => run.kind === "reprocess") ?? null;
  const active = newest && isActive(newest) ? newest : null;
  const mark = newest ? `${newest.job_id}:${newest.state}` : "";
  useEffect(() => {
    void client.invalidateQueries({ queryKey: ["reprocess"] });
    if (mark.endsWith(":done")) void client.invalidateQueries({ queryKey: ["emails"] });
  }, [client, mark]);

  const begin = (request: ReprocessRequest) => {
    setOffset(0);
    start.mutate(request, {
      onSuccess: () => {
        toasts.say(en.again.started);
      },
      onError: toasts.fail,
    });
  };
  if (preview.error && !preview.data) return <Failure error={preview.error} onRetry={() => void preview.refetch()} />;
  const ended = newest && !isActive(newest) ? newest : null;
  return (
    <div className={classes.whole}>
      <h1 className={classes.heading}>{en.again.title}</h1>
      <p className={classes.lead}>{en.again.short}</p>
      {active && (
        <div className={classes.active}>
          <RunProgress run={active} hideCounts />
        </div>
      )}
      {!active && preview.data && <Offers preview={preview.data} busy={start.isPending} onStart={begin} />}
      {!active && ended && <Outcome run={ended} waiting={preview.data?.total ?? 0} />}
      {!active && preview.data && preview.data.total > 0 && <Changes preview={preview.data} onPage={setOffset} stale={preview.isPlaceholderData} />}
      <Section title={en.again.which}>
        <Wish disabled={active !== null} busy={start.isPending} onStart={begin} />
      </Section>
    </div>
  );
}
