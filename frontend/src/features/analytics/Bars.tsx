import { useElementSize } from "@mantine/hooks";
import classes from "./Bars.module.css";
import { Part } from "./Part";

export interface BarRow {
  key: string;
  label: string;
  /** 0..1 of the width. */
  share: number;
  /** Both ends of the interval, 0..1; drawn over the bar. */
  interval?: readonly [number, number];
  /** Written behind the bar. */
  text: string;
  colour: string;
  /** Where the applications behind the bar are. */
  href?: string | null;
  /** Says little: drawn pale. */
  pale?: boolean;
  hint: string;
}

const TICKS = [0, 0.25, 0.5, 0.75, 1];
const AXIS = 20;

/** Lying bars from zero, each named and counted where it stands; narrow windows put the name above the bar. */
export function Bars({ rows, label, onOpen, scale = true }: { rows: readonly BarRow[]; label: string; onOpen: (href: string) => void; scale?: boolean }) {
  const { ref, width } = useElementSize<HTMLDivElement>();
  const narrow = width < 560;
  const left = narrow ? 0 : 168;
  const right = narrow ? 8 : 148;
  const step = narrow ? 52 : 34;
  const thick = 18;
  const span = Math.max(0, width - left - right);
  const x = (share: number) => left + span * Math.min(1, Math.max(0, share));
  const height = rows.length * step + (scale ? AXIS : 4);
  return (
    <div ref={ref}>
      {width > 0 && (
        <svg data-drawing width={width} height={height} role="group" aria-label={label} className={classes.bars}>
          {scale &&
            TICKS.map((tick) => (
              <g key={tick}>
                <line x1={x(tick)} x2={x(tick)} y1={0} y2={rows.length * step} className={classes.grid} />
                <text x={x(tick)} y={rows.length * step + 15} className={classes.tick} textAnchor={tick === 0 ? "start" : tick === 1 ? "end" : "middle"}>
                  {`${tick * 100} %`}
                </text>
              </g>
            ))}
          {rows.map((row, i) => {
            const top = i * step + (narrow ? 24 : (step - thick) / 2);
            const end = Math.max(x(row.share), x(row.interval?.[1] ?? 0));
            const bar = (
              <>
                <rect x={0} y={i * step} width={width} height={step} data-hit className={classes.hit} />
                <text x={narrow ? 0 : left - 12} y={narrow ? i * step + 17 : top + 13} textAnchor={narrow ? "start" : "end"} className={classes.label}>
                  {fit(row.label, narrow ? 30 : 24)}
                </text>
                <rect x={left} y={top} width={Math.max(1, x(row.share) - left)} height={thick} rx={3} style={{ fill: row.colour }} opacity={row.pale ? 0.4 : 1} />
                {row.interval && <Interval low={x(row.interval[0])} high={x(row.interval[1])} y={top + thick / 2} />}
                <text x={narrow ? width : Math.min(end + 10, width - right + 10)} y={narrow ? i * step + 17 : top + 13} textAnchor={narrow ? "end" : "start"} className={classes.value}>
                  {row.text}
                </text>
              </>
            );
            return (
              <Part key={row.key} href={row.href} hint={row.hint} onOpen={onOpen}>
                {bar}
              </Part>
            );
          })}
        </svg>
      )}
    </div>
  );
}

function Interval({ low, high, y }: { low: number; high: number; y: number }) {
  return (
    <g className={classes.interval}>
      <line x1={low} x2={high} y1={y} y2={y} />
      <line x1={low} x2={low} y1={y - 4} y2={y + 4} />
      <line x1={high} x2={high} y1={y - 4} y2={y + 4} />
    </g>
  );
}

const fit = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text);
