import { UnstyledButton } from "@mantine/core";
import { Check } from "lucide-react";
import { type KeyboardEvent, useState } from "react";
import type { Stage } from "@/api/types";
import { StageIcon } from "@/components/StageChip";
import { en } from "@/i18n/en";
import { calendarDay, noonOf } from "@/lib/dates";
import { STAGES } from "@/lib/stages";
import classes from "./StageMenu.module.css";

/** All stages to choose from, and the day on which it happened. `at` is left out when that is today. */
export function StageList({ stage: current, onChoose }: { stage: Stage | null; onChoose: (stage: Stage, at?: string) => void }) {
  const [date, setDate] = useState(() => calendarDay());
  const step = (event: KeyboardEvent<HTMLElement>) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    const buttons = [...event.currentTarget.querySelectorAll("button")];
    const now = buttons.findIndex((b) => b === document.activeElement);
    buttons[(now + by + buttons.length) % buttons.length]?.focus();
  };
  return (
    <>
      <ul onKeyDown={step}>
        {STAGES.map((stage, i) => (
          <li key={stage}>
            <UnstyledButton
              className={classes.item}
              aria-current={stage === current || undefined}
              data-autofocus={stage === current || (current === null && i === 0) || undefined}
              onClick={() => {
                onChoose(stage, date !== calendarDay() ? noonOf(date) : undefined);
              }}
            >
              <StageIcon stage={stage} size={15} />
              <span className={classes.label}>{en.stages[stage]}</span>
              {stage === current && <Check size={14} aria-hidden="true" />}
            </UnstyledButton>
          </li>
        ))}
      </ul>
      <label className={classes.date}>
        <span>{en.story.happened}</span>
        <input
          type="date"
          value={date}
          max={calendarDay()}
          onChange={(event) => {
            setDate(event.currentTarget.value || calendarDay());
          }}
        />
      </label>
    </>
  );
}
