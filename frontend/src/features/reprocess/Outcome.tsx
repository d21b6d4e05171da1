import type { Run } from "@/api/types";
import { Section } from "@/components/Section";
import { en } from "@/i18n/en";
import { BeforeAfter } from "./BeforeAfter";
import classes from "./ReadAgain.module.css";

const words = en.again;

/** What came of the newest run, as far as the changes below don't say it. */
export function Outcome({ run, waiting }: { run: Run; waiting: number }) {
  const { result } = run;
  const changed = result.changed ?? 0;
  const lines = [
    run.error ? run.error.detail : null,
    run.state === "canceled" && result.preview ? words.stopped(result.looked_at ?? 0) : null,
    headline(run, changed, waiting),
    result.overtaken ? words.overtaken(result.overtaken) : null,
    result.kept_by_you ? words.kept(result.kept_by_you) : null,
    result.fetched_again ? words.fetched(result.fetched_again) : null,
    result.not_at_source ? words.gone(result.not_at_source) : null,
    result.llm?.problem ? words.llm(result.llm.left_to_local ?? 0, result.llm.problem.detail) : null,
  ].filter(Boolean);
  if (lines.length === 0) return null;
  return (
    <Section title={result.preview ? words.changesTitle : words.takenTitle}>
      <div className={classes.outcome} role="status">
        {lines.map((line) => (
          <p key={line}>{line}</p>
        ))}
        {!result.preview && changed > 0 && <BeforeAfter before={result.before ?? {}} after={result.after ?? {}} />}
      </div>
    </Section>
  );
}

function headline(run: Run, changed: number, waiting: number): string | null {
  const looked = run.result.looked_at ?? 0;
  if (!run.result.preview) return changed > 0 ? words.taken(changed) : looked > 0 ? words.unchanged(looked) : null;
  return waiting === 0 && changed === 0 && run.state === "done" ? words.nothingChanges(looked) : null;
}
