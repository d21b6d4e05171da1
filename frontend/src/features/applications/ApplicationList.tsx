import { Checkbox } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import { ApplicationRow, ApplicationRowSkeleton, companyOf } from "@/components/ApplicationRow";
import { en } from "@/i18n/en";
import type { Rows } from "./useApplications";
import { useFollowing } from "./useFollowing";
import classes from "./ApplicationList.module.css";

interface Props {
  rows: Rows;
  /** Which list it is; another one is shown from its start. */
  list: string;
  selectedId: number | null;
  marked: ReadonlySet<number>;
  loading: boolean;
  /** Which places are in sight. */
  onSee: (first: number, last: number) => void;
  href: (id: number) => string;
  onMark: (id: number, range: boolean) => void;
  onSelect: (id: number) => void;
  onPrefetch: (id: number) => void;
}

const ROW_REM = 3.5;
const rowHeight = (): number => ROW_REM * Number.parseFloat(getComputedStyle(document.documentElement).fontSize || "16");

/** Only the rows in sight are in the document, so that ten thousand scroll like ten. */
export function ApplicationList({ rows, list, selectedId, marked, loading, onSee, href, onMark, onSelect, onPrefetch }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  // eslint-disable-next-line react-hooks/incompatible-library -- the virtualizer's answers must be read anew on each render, as they are here
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: rowHeight,
    overscan: 10,
  });
  const visible = virtual.getVirtualItems();
  const firstVisible = visible[0]?.index ?? 0;
  const lastVisible = visible.at(-1)?.index ?? 0;
  useEffect(() => {
    onSee(firstVisible, lastVisible);
  }, [firstVisible, lastVisible, onSee]);

  useFollowing(virtual, rows, selectedId, list);

  if (loading) {
    return (
      <div className={classes.scroller} aria-busy="true">
        {Array.from({ length: 12 }, (_, i) => (
          <div key={i} className={classes.waiting}>
            <ApplicationRowSkeleton />
          </div>
        ))}
      </div>
    );
  }
  return (
    <div ref={scroller} className={classes.scroller} tabIndex={-1}>
      <ul className={classes.rows} style={{ height: virtual.getTotalSize() }} aria-label={en.applications.list}>
        {visible.map((item) => {
          const row = rows[item.index];
          if (!row) {
            return (
              <li key={`waiting-${item.index}`} className={classes.item} style={{ transform: `translateY(${item.start}px)`, height: item.size }} aria-hidden="true">
                <span className={classes.row}>
                  <ApplicationRowSkeleton />
                </span>
              </li>
            );
          }
          const chosen = row.id === selectedId;
          return (
            <li
              key={row.id}
              className={classes.item}
              data-marked={marked.has(row.id) || undefined}
              aria-setsize={rows.length}
              aria-posinset={item.index + 1}
              style={{ transform: `translateY(${item.start}px)`, height: item.size }}
            >
              <a
                href={href(row.id)}
                data-row
                className={classes.row}
                aria-current={chosen ? "true" : undefined}
                onPointerEnter={() => {
                  onPrefetch(row.id);
                }}
                onClick={(event) => {
                  if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
                  event.preventDefault();
                  onSelect(row.id);
                }}
              >
                <ApplicationRow application={row} />
              </a>
              <span className={classes.mark} data-on={marked.size > 0 || undefined}>
                <Checkbox
                  size="xs"
                  tabIndex={marked.size > 0 ? 0 : -1}
                  aria-label={en.table.select(companyOf(row))}
                  checked={marked.has(row.id)}
                  onClick={(event) => {
                    onMark(row.id, event.shiftKey);
                  }}
                  onChange={() => undefined}
                />
              </span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
