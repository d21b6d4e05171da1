import { monitorForElements } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { boardQuery } from "@/api/applications/board";
import type { Sort } from "@/api/applications/list";
import type { Application, Stage } from "@/api/types";
import { Failure } from "@/components/States";
import { en } from "@/i18n/en";
import { FOLDED_AT_FIRST, neighbourOf, openColumns, stageBeside, type Step } from "@/lib/board";
import { type Filter, stageOf, toFilters } from "@/lib/filter";
import { useKeys } from "@/lib/keys";
import { STAGES } from "@/lib/stages";
import { useMove } from "./useMove";
import { usePreference } from "./usePreference";
import { BoardColumn } from "./BoardColumn";
import { FoldedColumn } from "./FoldedColumn";
import classes from "./Board.module.css";

interface Props {
  filter: Filter;
  sort: Sort;
  selectedId: number | null;
  onSelect: (id: number) => void;
  onPrefetch: (id: number) => void;
}

/** A column for each stage. Cards are dragged, or moved by keys; the server is told, and can be told otherwise. */
export function Board({ filter, sort, selectedId, onSelect, onPrefetch }: Props) {
  const only = stageOf(filter);
  const narrowed = useMemo(() => toFilters(filter), [filter]);
  const { data: heads, error, refetch } = useQuery(boardQuery(narrowed));
  const [folded, setFolded] = usePreference<Stage[]>("board.folded", [...FOLDED_AT_FIRST]);
  const open = openColumns(only, folded);
  const move = useMove();
  const moveRef = useRef(move);
  useEffect(() => {
    moveRef.current = move;
  });

  const cards = useRef(new Map<Stage, readonly Application[]>());
  const onCards = useCallback((stage: Stage, items: readonly Application[]) => {
    if (items.length > 0) cards.current.set(stage, items);
    else cards.current.delete(stage);
  }, []);
  const [focused, setFocused] = useState<number | null>(null);
  const [menuFor, setMenuFor] = useState<number | null>(null);

  useEffect(
    () =>
      monitorForElements({
        canMonitor: ({ source }) => source.data.kind === "application",
        onDrop: ({ source, location }) => {
          const target = location.current.dropTargets[0]?.data.stage as Stage | undefined;
          if (target) moveRef.current(source.data.application as Application, target);
        },
      }),
    [],
  );

  const cardOf = (id: number | null) => (id === null ? undefined : [...cards.current.values()].flat().find((card) => card.id === id));
  const step = (to: Step) => {
    const columns = open.map((stage) => (cards.current.get(stage) ?? []).map((card) => card.id));
    const next = neighbourOf(columns, focused ?? selectedId ?? -1, to);
    if (next === null) return;
    setFocused(next);
    onPrefetch(next);
    if (selectedId !== null) onSelect(next);
  };
  const shift = (by: 1 | -1) => {
    const card = cardOf(focused);
    const stage = card && stageBeside(card.stage, by);
    if (card && stage) move(card, stage);
  };
  useKeys({
    next: () => {
      step("down");
    },
    previous: () => {
      step("up");
    },
    ...(focused !== null && focused !== selectedId && menuFor === null
      ? {
          open: () => {
            onSelect(focused);
          },
        }
      : {}),
    ...(focused !== null && menuFor === null
      ? {
          cardUp: () => {
            step("up");
          },
          cardDown: () => {
            step("down");
          },
          cardLeft: () => {
            step("left");
          },
          cardRight: () => {
            step("right");
          },
          stageBefore: () => {
            shift(-1);
          },
          stageAfter: () => {
            shift(1);
          },
          stage: () => {
            setMenuFor(focused);
          },
        }
      : {}),
  });

  // Where only one column fits, the first that holds something comes into sight.
  const element = useRef<HTMLDivElement>(null);
  const first = heads?.find((head) => head.count > 0 && open.includes(head.stage))?.stage;
  const placed = useRef(false);
  useEffect(() => {
    const board = element.current;
    if (first === undefined || placed.current || !board) return;
    placed.current = true;
    const column = board.querySelector<HTMLElement>(`[data-column="${first}"]`);
    if (column && column.offsetWidth * 2 > board.clientWidth) board.scrollLeft = column.offsetLeft - (board.clientWidth - column.offsetWidth) / 2;
  }, [first]);

  if (error && !heads) return <Failure error={error} onRetry={() => void refetch()} />;
  return (
    <div ref={element} className={classes.board} role="group" aria-label={en.board.title}>
      {STAGES.map((stage) => {
        const head = heads?.find((each) => each.stage === stage);
        if (!open.includes(stage)) {
          return only === null ? (
            <FoldedColumn
              key={stage}
              stage={stage}
              count={head?.count ?? null}
              onUnfold={() => {
                setFolded(folded.filter((each) => each !== stage));
              }}
            />
          ) : null;
        }
        return (
          <BoardColumn
            key={stage}
            stage={stage}
            filter={filter}
            sort={sort}
            count={head?.count ?? null}
            medianDays={head?.median_days ?? null}
            selectedId={selectedId}
            focusedId={focused}
            menuFor={menuFor}
            onFold={() => {
              setFolded([...folded, stage]);
            }}
            onCards={onCards}
            onFocus={setFocused}
            onMenu={setMenuFor}
            onSelect={onSelect}
            onPrefetch={onPrefetch}
            onMove={move}
          />
        );
      })}
    </div>
  );
}
