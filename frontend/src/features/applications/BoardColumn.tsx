import { dropTargetForElements } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { ActionIcon, Skeleton } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { ChevronsRightLeft } from "lucide-react";
import { useEffect, useId, useRef, useState } from "react";
import type { Sort } from "@/api/applications/list";
import type { Application, Stage } from "@/api/types";
import { AfterAMoment, Failure } from "@/components/States";
import { StageIcon } from "@/components/StageChip";
import { en } from "@/i18n/en";
import type { Filter } from "@/lib/filter";
import { useApplications } from "./useApplications";
import { BoardCard } from "./BoardCard";
import classes from "./Board.module.css";

interface Props {
  stage: Stage;
  filter: Filter;
  sort: Sort;
  count: number | null;
  medianDays: number | null;
  selectedId: number | null;
  focusedId: number | null;
  menuFor: number | null;
  onFold: () => void;
  onCards: (stage: Stage, cards: readonly Application[]) => void;
  onFocus: (id: number | null) => void;
  onMenu: (id: number | null) => void;
  onSelect: (id: number) => void;
  onPrefetch: (id: number) => void;
  onMove: (application: Application, stage: Stage, at?: string) => void;
}

const CARD_REM = 5.875;
const cardHeight = (): number => CARD_REM * Number.parseFloat(getComputedStyle(document.documentElement).fontSize || "16");

/** One stage: its name, how many stand there and for how long, and those of its cards that are in sight. */
export function BoardColumn({ stage, filter, sort, count, medianDays, selectedId, focusedId, menuFor, onFold, onCards, onFocus, onMenu, onSelect, onPrefetch, onMove }: Props) {
  const ofStage: Filter = { tokens: [...filter.tokens.filter((t) => t.key !== "stage"), { key: "stage", value: stage }], text: filter.text };
  const { rows, data, error, refetch, see } = useApplications(ofStage, sort);
  const scroller = useRef<HTMLDivElement>(null);
  const column = useRef<HTMLElement>(null);
  const [over, setOver] = useState(false);
  const id = useId();
  useEffect(() => {
    onCards(stage, rows.filter((row) => row !== undefined));
    return () => {
      onCards(stage, []);
    };
  }, [onCards, stage, rows]);
  useEffect(() => {
    if (!column.current) return;
    return dropTargetForElements({
      element: column.current,
      getData: () => ({ stage }),
      canDrop: ({ source }) => source.data.kind === "application",
      onDragEnter: ({ source }) => {
        setOver((source.data.application as Application).stage !== stage);
      },
      onDragLeave: () => {
        setOver(false);
      },
      onDrop: () => {
        setOver(false);
      },
    });
  }, [stage]);
  // eslint-disable-next-line react-hooks/incompatible-library -- the virtualizer's answers must be read anew on each render, as they are here
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => scroller.current, estimateSize: cardHeight, overscan: 4 });
  const visible = virtual.getVirtualItems();
  const firstVisible = visible[0]?.index ?? 0;
  const lastVisible = visible.at(-1)?.index ?? 0;
  useEffect(() => {
    see(firstVisible, lastVisible);
  }, [firstVisible, lastVisible, see]);
  const focusedIndex = focusedId === null ? -1 : rows.findIndex((row) => row?.id === focusedId);
  useEffect(() => {
    if (focusedIndex >= 0) virtual.scrollToIndex(focusedIndex, { align: "auto" });
  }, [focusedIndex, virtual]);
  const reachable = focusedIndex >= 0 ? focusedIndex : 0;

  return (
    <section ref={column} className={classes.column} data-over={over || undefined} data-column={stage} aria-labelledby={id}>
      <header className={classes.head}>
        <StageIcon stage={stage} size={15} />
        <h2 id={id} className={classes.name}>
          {en.stages[stage]} <span className={classes.count}>{count?.toLocaleString("en") ?? ""}</span>
        </h2>
        {medianDays !== null && count !== 0 && <span className={classes.median}>{en.board.median(medianDays)}</span>}
        <ActionIcon size={24} className={classes.fold} aria-label={en.board.fold(en.stages[stage])} onClick={onFold}>
          <ChevronsRightLeft size={14} aria-hidden="true" />
        </ActionIcon>
      </header>
      <div ref={scroller} className={classes.scroller} aria-busy={!data && !error}>
        {error && !data ? (
          <Failure error={error} onRetry={() => void refetch()} />
        ) : !data ? (
          <AfterAMoment>
            {[0, 1, 2].map((i) => (
              <Skeleton key={i} height="5.375rem" radius={8} mb="0.5rem" />
            ))}
          </AfterAMoment>
        ) : (
          <ul className={classes.cards} style={{ height: virtual.getTotalSize() }} aria-labelledby={id}>
            {visible.map((item) => {
              const row = rows[item.index];
              return (
                row && (
                  <li key={row.id} className={classes.item} aria-setsize={count ?? rows.length} aria-posinset={item.index + 1} style={{ transform: `translateY(${item.start}px)`, height: item.size }}>
                    <BoardCard
                      application={row}
                      selected={row.id === selectedId}
                      focused={row.id === focusedId}
                      reachable={item.index === reachable}
                      menu={row.id === menuFor}
                      onFocus={onFocus}
                      onMenu={onMenu}
                      onSelect={onSelect}
                      onPrefetch={onPrefetch}
                      onMove={onMove}
                    />
                  </li>
                )
              );
            })}
          </ul>
        )}
        {data && rows.length === 0 && <p className={classes.empty}>{en.board.empty}</p>}
      </div>
    </section>
  );
}
