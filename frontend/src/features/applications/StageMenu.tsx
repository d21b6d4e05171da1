import { Menu, UnstyledButton } from "@mantine/core";
import { Check, ChevronDown } from "lucide-react";
import { useState } from "react";
import { usePatchApplication } from "@/api/applications/patch";
import { useRevokeDecisions } from "@/api/applications/revokeDecision";
import type { Application, Stage } from "@/api/types";
import { companyOf } from "@/components/ApplicationRow";
import { StageChip, StageIcon } from "@/components/StageChip";
import { useToasts } from "@/components/Toaster";
import { en } from "@/i18n/en";
import { STAGES } from "@/lib/stages";
import classes from "./StageMenu.module.css";

interface Props {
  application: Application;
  opened: boolean;
  onOpened: (opened: boolean) => void;
}

const today = (): string => new Date().toLocaleDateString("sv-SE");

/** Where the application stands, and the menu to say otherwise. A person's word, dated, with undo. */
export function StageMenu({ application: a, opened, onOpened }: Props) {
  const patch = usePatchApplication(a.id);
  const revoke = useRevokeDecisions();
  const toasts = useToasts();
  const [date, setDate] = useState(today);
  const choose = (stage: Stage) => {
    if (stage === a.stage) return;
    const at = date !== today() ? new Date(`${date}T12:00`).toISOString() : undefined;
    patch.mutate(
      { stage, ...(at ? { at } : {}) },
      {
        onSuccess: ({ decision_ids }) => {
          toasts.say(en.story.moved(companyOf(a), en.stages[stage]), () => {
            revoke.mutate(decision_ids, { onError: toasts.fail });
          });
        },
        onError: toasts.fail,
      },
    );
    setDate(today());
  };
  return (
    <Menu opened={opened} onChange={onOpened} position="bottom-start" width="13rem">
      <Menu.Target>
        <UnstyledButton className={classes.button} aria-label={en.story.changeStage(en.stages[a.stage])}>
          <StageChip stage={a.stage} large />
          <ChevronDown size={14} aria-hidden="true" className={classes.chevron} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {STAGES.map((stage) => (
          <Menu.Item
            key={stage}
            leftSection={<StageIcon stage={stage} size={15} />}
            rightSection={stage === a.stage ? <Check size={14} aria-hidden="true" /> : null}
            aria-current={stage === a.stage || undefined}
            onClick={() => {
              choose(stage);
            }}
          >
            {en.stages[stage]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <label className={classes.date}>
          <span>{en.story.happened}</span>
          <input
            type="date"
            value={date}
            max={today()}
            onKeyDown={(event) => {
              event.stopPropagation();
            }}
            onChange={(event) => {
              setDate(event.currentTarget.value || today());
            }}
          />
        </label>
      </Menu.Dropdown>
    </Menu>
  );
}
