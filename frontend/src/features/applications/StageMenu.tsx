import { Popover, UnstyledButton } from "@mantine/core";
import { ChevronDown } from "lucide-react";
import type { Application } from "@/api/types";
import { StageChip } from "@/components/StageChip";
import { en } from "@/i18n/en";
import { StageList } from "./StageList";
import { useMove } from "./useMove";
import classes from "./StageMenu.module.css";

interface Props {
  application: Application;
  opened: boolean;
  onOpened: (opened: boolean) => void;
}

/** Where the application stands, and the menu to say otherwise. A person's word, dated, with undo. */
export function StageMenu({ application: a, opened, onOpened }: Props) {
  const move = useMove();
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
        <StageList
          stage={a.stage}
          onChoose={(stage, at) => {
            onOpened(false);
            move(a, stage, at);
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}
