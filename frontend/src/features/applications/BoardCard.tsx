import { draggable } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { Popover, UnstyledButton } from "@mantine/core";
import { ArrowRightLeft, CircleHelp, Pin } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { Application, Stage } from "@/api/types";
import { companyOf, titleOf } from "@/components/ApplicationRow";
import { CompanyAvatar } from "@/components/CompanyAvatar";
import { en } from "@/i18n/en";
import { due } from "@/lib/dates";
import { StageList } from "./StageList";
import classes from "./Board.module.css";

interface Props {
  application: Application;
  selected: boolean;
  focused: boolean;
  reachable: boolean;
  menu: boolean;
  onFocus: (id: number | null) => void;
  onMenu: (id: number | null) => void;
  onSelect: (id: number) => void;
  onPrefetch: (id: number) => void;
  onMove: (application: Application, stage: Stage, at?: string) => void;
}

/** Company, title, how long it has stood here, and what is next. */
export function BoardCard({ application: a, selected, focused, reachable, menu, onFocus, onMenu, onSelect, onPrefetch, onMove }: Props) {
  const element = useRef<HTMLAnchorElement>(null);
  const [dragged, setDragged] = useState(false);
  useEffect(() => {
    if (!element.current) return;
    return draggable({
      element: element.current,
      getInitialData: () => ({ kind: "application", application: a }),
      onDragStart: () => {
        setDragged(true);
      },
      onDrop: () => {
        setDragged(false);
      },
    });
  }, [a]);
  useEffect(() => {
    if (focused && !menu && !element.current?.parentElement?.contains(document.activeElement)) element.current?.focus({ preventScroll: true });
  }, [focused, menu]);
  const next = a.next_action;
  const when = next?.due_at ? due(next.due_at) : null;
  return (
    <>
      <a
        ref={element}
        href={`/applications/${a.id}`}
        className={classes.card}
        data-row
        data-card={a.id}
        data-dragged={dragged || undefined}
        aria-current={selected ? "true" : undefined}
        tabIndex={reachable ? 0 : -1}
        onFocus={() => {
          onFocus(a.id);
        }}
        onPointerEnter={() => {
          onPrefetch(a.id);
        }}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
          event.preventDefault();
          onSelect(a.id);
        }}
      >
        <span className={classes.top}>
          <CompanyAvatar name={companyOf(a)} small />
          <span className={classes.company} dir="auto">
            {companyOf(a)}
          </span>
          {a.pinned && <Pin size={12} role="img" aria-label={en.manage.pinned} className={classes.mild} />}
          {a.needs_review && <CircleHelp size={13} role="img" aria-label={en.applications.needsReview} className={classes.mild} />}
          {!a.seen && <span className={classes.dot} role="img" aria-label={en.applications.unseen} />}
        </span>
        <span className={classes.title} dir="auto" data-missing={!a.job_title || undefined}>
          {titleOf(a)}
        </span>
        <span className={classes.foot}>
          <span className={classes.days} title={en.board.inStage(a.days_in_stage)}>
            {en.board.days(a.days_in_stage)}
          </span>
          {next && (
            <span className={classes.next}>
              <span className={classes.ellipsis} dir="auto">
                {next.title}
              </span>
              {when && (
                <span className={classes.due} data-late={when.late || undefined} data-soon={when.soon || undefined}>
                  {when.text}
                </span>
              )}
            </span>
          )}
          {!next && a.stale && <span className={classes.next}>{en.applications.stale}</span>}
        </span>
      </a>
      <Popover
        opened={menu}
        onChange={(on) => {
          onMenu(on ? a.id : null);
        }}
        position="bottom-end"
        width="13rem"
        trapFocus
        returnFocus
        disabled={!menu}
      >
        <Popover.Target>
          <UnstyledButton
            className={classes.move}
            tabIndex={reachable ? 0 : -1}
            aria-label={en.board.move(companyOf(a))}
            onClick={() => {
              onFocus(a.id);
              onMenu(a.id);
            }}
          >
            <ArrowRightLeft size={14} aria-hidden="true" />
          </UnstyledButton>
        </Popover.Target>
        <Popover.Dropdown p={4} aria-label={en.story.stages}>
          <StageList
            stage={a.stage}
            onChoose={(stage, at) => {
              onMenu(null);
              onMove(a, stage, at);
            }}
          />
        </Popover.Dropdown>
      </Popover>
    </>
  );
}
