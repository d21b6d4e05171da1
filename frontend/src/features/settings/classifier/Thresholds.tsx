import { NumberInput } from "@mantine/core";
import { en } from "@/i18n/en";
import type { Draft } from "@/lib/classifier";
import classes from "./Classifier.module.css";

const words = en.classifier;

interface Props {
  draft: Draft;
  set: (some: Partial<Draft>) => void;
  /** The sentence that says that the environment sets one of these, if it does. */
  fixed: (...names: string[]) => string | undefined;
  withModel: boolean;
}

/** What few people change: how sure is sure enough, and what may be spent. */
export function Thresholds({ draft, set, fixed, withModel }: Props) {
  const share = (label: string, hint: string, name: string, value: number, put: (value: number) => void) => (
    <NumberInput
      label={label}
      description={fixed(name) ?? hint}
      disabled={fixed(name) !== undefined}
      suffix=" %"
      min={0}
      max={100}
      step={5}
      allowDecimal={false}
      value={Math.round(value * 100)}
      onChange={(next) => {
        if (typeof next === "number") put(next / 100);
      }}
    />
  );
  const money = (label: string, name: string, value: string, put: (value: string) => void, hint?: string) => (
    <NumberInput
      label={label}
      description={fixed(name) ?? hint}
      disabled={fixed(name) !== undefined}
      prefix="$"
      min={0}
      decimalScale={4}
      hideControls
      placeholder={name === "llm_budget_usd_per_day" ? words.budgetNone : undefined}
      value={value}
      onChange={(next) => {
        put(String(next));
      }}
    />
  );
  return (
    <details className={classes.more}>
      <summary>{words.more}</summary>
      <div className={classes.pairs}>
        {share(words.reviewThreshold, words.reviewThresholdHint, "review_confidence_threshold", draft.review, (review) => {
          set({ review });
        })}
        {withModel &&
          share(words.localThreshold, words.localThresholdHint, "classification_local_confidence_threshold", draft.local, (local) => {
            set({ local });
          })}
        {withModel &&
          money(
            words.budget,
            "llm_budget_usd_per_day",
            draft.budget,
            (budget) => {
              set({ budget });
            },
            words.budgetHint,
          )}
      </div>
      {withModel && (
        <fieldset className={classes.prices}>
          <legend>{words.price}</legend>
          <p className={classes.hint}>{words.priceHint}</p>
          <div className={classes.pairs}>
            {money(words.priceIn, "llm_price_input", draft.priceIn, (priceIn) => {
              set({ priceIn });
            })}
            {money(words.priceOut, "llm_price_output", draft.priceOut, (priceOut) => {
              set({ priceOut });
            })}
          </div>
        </fieldset>
      )}
    </details>
  );
}
