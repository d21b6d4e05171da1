import { CircleAlert, Cpu, Sparkles } from "lucide-react";
import type { LlmSettings } from "@/api/types";
import { en } from "@/i18n/en";
import { usd } from "@/lib/classifier";
import classes from "./Classifier.module.css";

const words = en.classifier;

/** Who reads mail just now, and what stands in a model's way. */
export function Standing({ settings }: { settings: LlmSettings }) {
  const asks = settings.provider !== null && settings.mode !== "local" && !settings.offline;
  const [name] = words.modes[asks ? settings.mode : "local"] ?? [settings.mode];
  const trouble = settings.offline
    ? words.offline
    : settings.budget_used_up
      ? words.budgetUsedUp
      : settings.problem
        ? words.problem(settings.problem.detail)
        : null;
  const Icon = asks ? Sparkles : Cpu;
  return (
    <div className={classes.standing}>
      <Icon size={18} strokeWidth={1.75} aria-hidden="true" />
      <div>
        <p className={classes.who}>{name}</p>
        {asks && settings.model && (
          <p className={`${classes.hint} tabular`}>
            {words.standing(settings.model, settings.host ?? "")} · {words.spent(usd(settings.spent_usd), settings.budget_usd_per_day === null ? null : usd(settings.budget_usd_per_day))}
          </p>
        )}
        {trouble && (settings.provider !== null || settings.offline) && (
          <p className={classes.trouble}>
            <CircleAlert size={14} aria-hidden="true" />
            {trouble}
          </p>
        )}
      </div>
    </div>
  );
}
