import { Button, Checkbox } from "@mantine/core";
import { useState } from "react";
import { useAnswerReprocess } from "@/api/reprocess/answer";
import { PREVIEW_AT_ONCE } from "@/api/reprocess/preview";
import type { ReprocessPreview } from "@/api/types";
import { InlineProblem } from "@/components/States";
import { useToasts } from "@/components/Toaster";
import { en } from "@/i18n/en";
import { BeforeAfter } from "./BeforeAfter";
import { Change } from "./Change";
import classes from "./ReadAgain.module.css";

interface Props {
  preview: ReprocessPreview;
  stale: boolean;
  onPage: (offset: number) => void;
}
const words = en.again;

/** What would change: all, some or none of it is taken. */
export function Changes({ preview, stale, onPage }: Props) {
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const answer = useAnswerReprocess();
  const toasts = useToasts();
  const { items, total, offset } = preview;
  const shown = items.map((item) => item.email_id);
  const onPageChosen = shown.filter((id) => chosen.has(id)).length;
  const choose = (ids: readonly number[], on: boolean) => {
    setChosen((before) => {
      const after = new Set(before);
      for (const id of ids) {
        if (on) after.add(id);
        else after.delete(id);
      }
      return after;
    });
  };
  const say = (accept: "all" | "some" | "none", ids: ReadonlySet<number>) => {
    const request = { accept, ...(ids.size > 0 && accept !== "all" ? { email_ids: [...ids] } : {}) };
    // By its promise: callbacks of `mutate` are silent once the last change is gone, and this component with it.
    answer.mutateAsync(request).then(
      () => {
        setChosen(new Set());
        onPage(0);
        toasts.say(accept === "none" ? words.declined : words.started);
      },
      () => undefined, // shown below
    );
  };
  return (
    <section className={classes.changes} aria-label={words.changesTitle}>
      <h2 className={classes.would}>{words.changes(total, preview.looked_at)}</h2>
      <BeforeAfter before={preview.before} after={preview.after} />
      <InlineProblem error={answer.error} />
      <div className={classes.tools}>
        <Checkbox
          aria-label={words.chooseAll}
          checked={onPageChosen === shown.length}
          indeterminate={onPageChosen > 0 && onPageChosen < shown.length}
          onChange={(event) => {
            choose(shown, event.currentTarget.checked);
          }}
        />
        {chosen.size > 0 ? (
          <>
            <Button
              loading={answer.isPending}
              onClick={() => {
                say("some", chosen);
              }}
            >
              {words.acceptSome(chosen.size)}
            </Button>
            <Button
              variant="default"
              disabled={answer.isPending}
              onClick={() => {
                say("none", chosen);
              }}
            >
              {words.declineSome(chosen.size)}
            </Button>
          </>
        ) : (
          <>
            <Button
              loading={answer.isPending}
              onClick={() => {
                say("all", new Set());
              }}
            >
              {words.acceptAll(total)}
            </Button>
            <Button
              variant="default"
              disabled={answer.isPending}
              onClick={() => {
                say("none", new Set());
              }}
            >
              {words.decline}
            </Button>
          </>
        )}
      </div>
      <ul className={classes.list} aria-busy={stale}>
        {items.map((item) => (
          <Change
            key={item.email_id}
            change={item}
            chosen={chosen.has(item.email_id)}
            onChoose={(on) => {
              choose([item.email_id], on);
            }}
          />
        ))}
      </ul>
      {total > PREVIEW_AT_ONCE && (
        <div className={`${classes.pager} tabular`}>
          <Button
            variant="default"
            disabled={offset === 0}
            onClick={() => {
              onPage(Math.max(0, offset - PREVIEW_AT_ONCE));
            }}
          >
            {words.newer}
          </Button>
          <span>{words.page(offset + 1, offset + items.length, total)}</span>
          <Button
            variant="default"
            disabled={offset + items.length >= total}
            onClick={() => {
              onPage(offset + PREVIEW_AT_ONCE);
            }}
          >
            {words.older}
          </Button>
        </div>
      )}
    </section>
  );
}
