import { Checkbox, Menu, UnstyledButton } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown, ArrowUp, Check, Settings2 } from "lucide-react";
import { type CSSProperties, type MouseEvent, useEffect, useRef } from "react";
import type { Sort } from "@/api/applications/list";
import { companyOf } from "@/components/ApplicationRow";
import { en } from "@/i18n/en";
import type { Rows } from "./useApplications";
import { useFollowing } from "./useFollowing";
import { usePreference } from "./usePreference";
import { COLUMNS, columnsOf, directionOf, FIRST_COLUMNS, nextSort } from "./columns";
import { TableRow } from "./TableRow";
import classes from "./Table.module.css";

type Density = keyof typeof en.table.densities;
const HEIGHTS: Record<Density, number> = { comfortable: 3, compact: 2.125 };
const WAITING = 14;

interface Props {
  rows: Rows;
  /** Which list it is; another one is shown from its start. */
  list: string;
  total: number;
  loading: boolean;
  selectedId: number | null;
  marked: ReadonlySet<number>;
  sort: Sort;
  /** Which places are in sight. */
  onSee: (first: number, last: number) => void;
  onSort: (sort: Sort) => void;
  onMark: (id: number, range: boolean) => void;
  onMarkAll: () => void;
  onSelect: (id: number) => void;
  onPrefetch: (id: number) => void;
}

/** The filtered applications with the columns a person chose; only the rows in sight are in the document. */
export function Table({ rows, list, total, loading, selectedId, marked, sort, onSee, onSort, onMark, onMarkAll, onSelect, onPrefetch }: Props) {
  const [chosen, setChosen] = usePreference<string[]>("table.columns", [...FIRST_COLUMNS]);
  const [density, setDensity] = usePreference<Density>("table.density", "comfortable");
  const columns = columnsOf(chosen);
  const height = HEIGHTS[density] ?? HEIGHTS.comfortable;
  const scroller = useRef<HTMLDivElement>(null);
  // eslint-disable-next-line react-hooks/incompatible-library -- the virtualizer's answers must be read anew on each render, as they are here
  const virtual = useVirtualizer({
    count: loading ? WAITING : rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height * Number.parseFloat(getComputedStyle(document.documentElement).fontSize || "16"),
    overscan: 12,
  });
  useEffect(() => {
    virtual.measure();
  }, [height, virtual]);
  const visible = virtual.getVirtualItems();
  const firstVisible = visible[0]?.index ?? 0;
  const lastVisible = visible.at(-1)?.index ?? 0;
  useEffect(() => {
    if (!loading) onSee(firstVisible, lastVisible);
  }, [loading, firstVisible, lastVisible, onSee]);
  useFollowing(virtual, rows, selectedId, list);
  const tracks = `2.5rem ${columns.map((column) => column.width).join(" ")} 2.25rem`;
  const allMarked = marked.size > 0 && marked.size >= rows.length;

  return (
    <div ref={scroller} className={classes.scroller}>
      <div role="table" aria-label={en.table.title} aria-rowcount={total + 1} aria-colcount={columns.length + 1} className={classes.table} data-density={density} style={{ "--tracks": tracks } as CSSProperties}>
        <div role="row" aria-rowindex={1} className={classes.head}>
          <span role="columnheader" className={classes.mark}>
            <Checkbox size="xs" aria-label={en.table.selectAll} checked={allMarked} indeterminate={!allMarked && marked.size > 0} onChange={onMarkAll} />
          </span>
          {columns.map((column) => {
            const direction = directionOf(column, sort);
            const next = nextSort(column, sort);
            const name = en.table.names[column.key];
            return (
              <span key={column.key} role="columnheader" aria-sort={direction} className={classes.headCell}>
                {next ? (
                  <UnstyledButton
                    className={classes.sorter}
                    aria-label={en.table.sortBy(name)}
                    onClick={() => {
                      onSort(next);
                    }}
                  >
                    {name}
                    {direction === "ascending" && <ArrowUp size={12} aria-hidden="true" />}
                    {direction === "descending" && <ArrowDown size={12} aria-hidden="true" />}
                  </UnstyledButton>
                ) : (
                  name
                )}
              </span>
            );
          })}
          <span role="columnheader" className={classes.choose}>
            <Chooser
              chosen={columns.map((column) => column.key)}
              density={density}
              onChosen={setChosen}
              onDensity={setDensity}
            />
          </span>
        </div>
        <div role="rowgroup" className={classes.rows} style={{ height: virtual.getTotalSize() }} aria-busy={loading}>
          {visible.map((item) => {
            const row = rows[item.index];
            return (
              <TableRow
                key={row ? row.id : `waiting-${item.index}`}
                row={loading ? undefined : row}
                index={item.index}
                start={item.start}
                size={item.size}
                columns={columns}
                selected={row !== undefined && row.id === selectedId}
                marked={row !== undefined && marked.has(row.id)}
                markLabel={row ? en.table.select(companyOf(row)) : ""}
                onMark={(event: MouseEvent | null) => {
                  if (row) onMark(row.id, event?.shiftKey ?? false);
                }}
                onSelect={onSelect}
                onPrefetch={onPrefetch}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

interface ChooserProps {
  chosen: readonly string[];
  density: Density;
  onChosen: (columns: string[]) => void;
  onDensity: (density: Density) => void;
}

/** Which columns stand there, and how tall rows are. */
function Chooser({ chosen, density, onChosen, onDensity }: ChooserProps) {
  const tick = <Check size={14} aria-hidden="true" />;
  return (
    <Menu position="bottom-end" width="12rem" closeOnItemClick={false}>
      <Menu.Target>
        <UnstyledButton className={classes.chooser} aria-label={en.table.columns}>
          <Settings2 size={15} aria-hidden="true" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown mah="26rem" className={classes.menu}>
        <Menu.Label>{en.table.density}</Menu.Label>
        {(["comfortable", "compact"] as const).map((each) => (
          <Menu.Item
            key={each}
            role="menuitemradio"
            aria-checked={each === density}
            rightSection={each === density ? tick : null}
            onClick={() => {
              onDensity(each);
            }}
          >
            {en.table.densities[each]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Label>{en.table.columns}</Menu.Label>
        {COLUMNS.slice(1).map(({ key }) => {
          const on = chosen.includes(key);
          return (
            <Menu.Item
              key={key}
              role="menuitemcheckbox"
              aria-checked={on}
              rightSection={on ? tick : null}
              onClick={() => {
                onChosen(on ? chosen.filter((each) => each !== key) : [...chosen, key]);
              }}
            >
              {en.table.names[key]}
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}
