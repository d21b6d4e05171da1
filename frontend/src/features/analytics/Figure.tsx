import { ActionIcon, Menu, Skeleton, Tooltip } from "@mantine/core";
import { ChartNoAxesColumn, Download, Table2 } from "lucide-react";
import { type ReactNode, useId, useRef, useState } from "react";
import { AfterAMoment, Failure } from "@/components/States";
import { en } from "@/i18n/en";
import { download } from "@/lib/download";
import { toCsv, toPng } from "./exporting";
import classes from "./Figure.module.css";
import { OpenLink } from "./OpenLink";

export interface Rows {
  head: readonly string[];
  rows: readonly (readonly (string | number | null)[])[];
  /** Where the applications behind each row are. */
  hrefs?: readonly (string | null)[];
}

interface Props {
  /** What the figure says, in a sentence. */
  title: string;
  /** What it rests on: always shown. */
  n: string;
  /** The same as a table: for looking up, for screen readers, for the CSV. */
  table: Rows;
  fileName: string;
  onOpen?: (href: string) => void;
  controls?: ReactNode;
  /** More to know, below the figure. */
  note?: ReactNode;
  /** Said in the figure's place when there is nothing to draw. */
  nothing?: string | null;
  children: ReactNode;
}

/** One figure: its sentence, what it rests on, the drawing or the same as a table, and both to take along. */
export function Figure({ title, n, table, fileName, onOpen, controls, note, nothing, children }: Props) {
  const [asTable, setAsTable] = useState(false);
  const drawing = useRef<HTMLDivElement>(null);
  const id = useId();
  const svg = () => drawing.current?.querySelector<SVGSVGElement>("svg.recharts-surface, svg[data-drawing]") ?? null;
  const savePicture = async () => {
    const found = svg();
    if (found) download(`${fileName}.png`, await toPng(found, title, n));
  };
  return (
    <section className={classes.figure} aria-labelledby={id}>
      <header className={classes.head}>
        <div className={classes.words}>
          <h2 id={id} className={classes.title}>
            {title}
          </h2>
          <p className={classes.n}>{n}</p>
        </div>
        <div className={classes.tools}>
          {controls}
          {!nothing && (
            <>
              <Tooltip label={asTable ? en.analytics.showChart : en.analytics.showTable}>
                <ActionIcon
                  aria-label={asTable ? en.analytics.showChart : en.analytics.showTable}
                  onClick={() => {
                    setAsTable(!asTable);
                  }}
                >
                  {asTable ? <ChartNoAxesColumn size={16} aria-hidden="true" /> : <Table2 size={16} aria-hidden="true" />}
                </ActionIcon>
              </Tooltip>
              <Menu position="bottom-end" width="9rem">
                <Menu.Target>
                  <ActionIcon aria-label={en.analytics.export}>
                    <Download size={16} aria-hidden="true" />
                  </ActionIcon>
                </Menu.Target>
                <Menu.Dropdown>
                  {!asTable && <Menu.Item onClick={() => void savePicture()}>{en.analytics.png}</Menu.Item>}
                  <Menu.Item
                    onClick={() => {
                      download(`${fileName}.csv`, new Blob([toCsv(table.head, table.rows)], { type: "text/csv;charset=utf-8" }));
                    }}
                  >
                    {en.analytics.csv}
                  </Menu.Item>
                </Menu.Dropdown>
              </Menu>
            </>
          )}
        </div>
      </header>
      {nothing ? (
        <p className={classes.nothing}>{nothing}</p>
      ) : asTable ? (
        <Table title={title} table={table} onOpen={onOpen} />
      ) : (
        <>
          <div ref={drawing} className={classes.drawing}>
            {children}
          </div>
          <div className="visually-hidden">
            <Table title={title} table={table} />
          </div>
        </>
      )}
      {note && <div className={classes.note}>{note}</div>}
    </section>
  );
}

/** With ways to the applications where it is seen; beside a drawing, which has its own, it is only read out. */
function Table({ title, table, onOpen }: { title: string; table: Rows; onOpen?: ((href: string) => void) | undefined }) {
  const named = (i: number, value: string | number | null) => {
    const href = table.hrefs?.[i];
    const name = value ?? en.analytics.none;
    return href && onOpen ? (
      <OpenLink href={href} onOpen={onOpen}>
        {name}
      </OpenLink>
    ) : (
      name
    );
  };
  return (
    <div className={classes.scroll} tabIndex={0} role="group" aria-label={title}>
      <table className={classes.table}>
        <caption className="visually-hidden">{title}</caption>
        <thead>
          <tr>
            {table.head.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, i) => (
            <tr key={i}>
              {row.map((value, j) => (j === 0 ? <th key={j} scope="row">{named(i, value)}</th> : <td key={j}>{value ?? en.analytics.none}</td>))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A figure on its way, or one that could not be had. */
export function FigureState({ error, onRetry, height }: { error: unknown; onRetry: () => void; height: number }) {
  return (
    <section className={classes.figure}>
      {error ? (
        <Failure error={error} onRetry={onRetry} />
      ) : (
        <AfterAMoment>
          <Skeleton height="1.25rem" width="55%" mb="0.5rem" />
          <Skeleton height="0.875rem" width="30%" mb="1rem" />
          <Skeleton height={height} />
        </AfterAMoment>
      )}
    </section>
  );
}
