import { Popover, UnstyledButton } from "@mantine/core";
import { Check, ChevronDown } from "lucide-react";
import { type KeyboardEvent, useState } from "react";
import { usePatchApplication } from "@/api/applications/patch";
import { useRevokeDecisions } from "@/api/applications/revokeDecision";
import type { Application, Stage } from "@/api/types";
import { companyOf } from "@/components/ApplicationRow";
import { StageChip, StageIcon } from "@/components/StageChip";
import { useToasts } from "@/components/Toaster";
import { en } from "@/i18n/en";
import { calendarDay, noonOf } from "@/lib/dates";
import { STAGES } from "@/lib/stages";
import classes from "./StageMenu.module.css";

interface Props {
  application: Application;
  opened: boolean;
  onOpened: (opened: boolean) => void;
}

/** Where the application stands, and the menu to say otherwise. A person's word, dated, with undo. */
export function StageMenu({ application: a, opened, onOpened }: Props) {
  const patch = usePatchApplication(a.id);
  const revoke = useRevokeDecisions();
  const toasts = useToasts();
  const [date, setDate] = useState(() => calendarDay());
  const choose = (stage: Stage) => {
    if (stage === a.stage) return;
    const at = date !== calendarDay() ? noonOf(date) : undefined;
    patch.mutate(
      { stage, ...(at ? { at } : {}) },
      {
        onSuccess: ({ decision_ids }) => {
          toasts.say(en.story.moved(companyOf(a), en.stages[stage]), () => {
            revoke.mutate(decision_ids ?? [], { onError: toasts.fail });
          });
        },
        onError: toasts.fail,
      },
    );
    setDate(calendarDay());
  };
  const step = (event: KeyboardEvent<HTMLElement>) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const buttons = [...event.currentTarget.querySelectorAll("button")];
    const now = buttons.findIndex((b) => b === document.activeElement);
    buttons[(now + by + buttons.length) % buttons.length]?.focus();
  };
  return (
    <Popover opened={opened} onChange={onOpened} position="bottom-start" width="13rem" trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton
          className={classes.button}
          aria-label={en.story.changeStage(en.stages[a.stage])}
          onClick={() => {
            onOpened(!opened);
          }}
        >
          <StageChip stage={a.stage} large />
          <ChevronDown size={14} aria-hidden="true" className={classes.chevron} />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown p={4} aria-label={en.story.stages}>
        <ul onKeyDown={step}>
          {STAGES.map((stage) => (
            <li key={stage}>
              <UnstyledButton
                className={classes.item}
                aria-current={stage === a.stage || undefined}
                data-autofocus={stage === a.stage || undefined}
                onClick={() => {
                  onOpened(false);
                  choose(stage);
                }}
              >
                <StageIcon stage={stage} size={15} />
                <span className={classes.label}>{en.stages[stage]}</span>
                {stage === a.stage && <Check size={14} aria-hidden="true" />}
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
      </Popover.Dropdown>
    </Popover>
  );
}
