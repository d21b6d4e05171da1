import { dropTargetForElements } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { UnstyledButton } from "@mantine/core";
import { ChevronsLeftRight } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { Stage } from "@/api/types";
import { StageIcon } from "@/components/StageChip";
import { en } from "@/i18n/en";
import classes from "./Board.module.css";

/** A column of which only the name shows. Cards can be dropped on it all the same. */
export function FoldedColumn({ stage, count, onUnfold }: { stage: Stage; count: number | null; onUnfold: () => void }) {
  const element = useRef<HTMLDivElement>(null);
  const [over, setOver] = useState(false);
  useEffect(() => {
    if (!element.current) return;
    return dropTargetForElements({
      element: element.current,
      getData: () => ({ stage }),
      canDrop: ({ source }) => source.data.kind === "application",
      onDragEnter: () => {
        setOver(true);
      },
      onDragLeave: () => {
        setOver(false);
      },
      onDrop: () => {
        setOver(false);
      },
    });
  }, [stage]);
  return (
    <div ref={element} className={classes.folded} data-over={over || undefined} data-column={stage}>
      <UnstyledButton className={classes.unfold} aria-label={en.board.unfold(en.stages[stage], count ?? 0)} onClick={onUnfold}>
        <ChevronsLeftRight size={14} aria-hidden="true" className={classes.mild} />
        <StageIcon stage={stage} size={15} />
        <span className={classes.upright}>{en.stages[stage]}</span>
        <span className={classes.count}>{count ?? ""}</span>
      </UnstyledButton>
    </div>
  );
}
