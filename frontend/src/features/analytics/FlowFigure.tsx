import { useElementSize } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { Rectangle, Sankey } from "recharts";
import type { FigureFilter } from "@/api/analytics/filter";
import { type FlowNode, flowQuery } from "@/api/analytics/flow";
import { en } from "@/i18n/en";
import { Figure, FigureState } from "./Figure";
import { Part } from "./Part";
import classes from "./FlowFigure.module.css";
import { listOf } from "./words";

const COLOURS: Record<FlowNode, string> = {
  applied: "--s-applied",
  assessment: "--s-assessment",
  interview: "--s-interview",
  offer: "--s-offer",
  accepted: "--s-accepted",
  rejected: "--s-rejected",
  withdrawn: "--s-withdrawn",
  open: "--s-saved",
  no_answer: "--s-saved",
};
const LEAST_WIDTH = 600;
const LABELS = 148;

interface NodeShape {
  x: number;
  y: number;
  width: number;
  height: number;
  payload: { id: FlowNode; count: number };
}
interface LinkShape {
  sourceX: number;
  targetX: number;
  sourceY: number;
  targetY: number;
  sourceControlX: number;
  targetControlX: number;
  linkWidth: number;
  payload: { source: { id: FlowNode }; target: { id: FlowNode }; value: number };
}

/** The ways the applications took from stage to stage. */
export function FlowFigure({ filter, onOpen }: { filter: FigureFilter; onOpen: (href: string) => void }) {
  const { data, error, refetch } = useQuery(flowQuery(filter));
  const { ref, width } = useElementSize<HTMLDivElement>();
  if (!data) return <FigureState error={error} onRetry={() => void refetch()} height={300} />;
  const words = en.analytics.flow;
  const count = (id: FlowNode) => data.nodes.find((node) => node.id === id)?.count ?? 0;
  const hrefOf = (...stations: FlowNode[]) => listOf(filter, [{ key: "figure", value: `flow/${stations.join(">")}` }]);
  const places = new Map(data.nodes.map((node, i) => [node.id, i]));
  const wide = Math.max(LEAST_WIDTH, width);
  const graph = {
    nodes: data.nodes.map((node) => ({ ...node, name: words.nodes[node.id] })),
    links: data.links.map((link) => ({ source: places.get(link.source) ?? 0, target: places.get(link.target) ?? 0, value: link.count })),
  };
  const node = ({ x, y, width: w, height: h, payload }: NodeShape) => {
    const hint = words.hint(words.nodes[payload.id], payload.count, data.total);
    return (
      <Part href={hrefOf(payload.id)} hint={hint} onOpen={onOpen}>
        <Rectangle x={x} y={y} width={w} height={Math.max(2, h)} radius={2} fill={`var(${COLOURS[payload.id]})`} />
        <text x={x + w + 8} y={y + h / 2} dy="0.32em" data-name className={classes.name}>
          {words.nodes[payload.id]} <tspan className={classes.count}>{payload.count.toLocaleString("en")}</tspan>
        </text>
      </Part>
    );
  };
  const link = ({ sourceX, targetX, sourceY, targetY, sourceControlX, targetControlX, linkWidth, payload }: LinkShape) => (
    <Part href={hrefOf(payload.source.id, payload.target.id)} hint={words.link(words.nodes[payload.source.id], words.nodes[payload.target.id], payload.value)} mute onOpen={onOpen}>
      <path
        d={`M${sourceX},${sourceY} C${sourceControlX},${sourceY} ${targetControlX},${targetY} ${targetX},${targetY}`}
        className={classes.flow}
        style={{ stroke: `var(${COLOURS[payload.target.id]})` }}
        strokeWidth={Math.max(1, linkWidth)}
      />
    </Part>
  );
  return (
    <Figure
      title={words.title(data.total, count("no_answer"), count("rejected"))}
      n={en.analytics.sent(data.total)}
      table={{ head: words.head, rows: data.links.map((l) => [words.nodes[l.source], words.nodes[l.target], l.count]), hrefs: data.links.map((l) => hrefOf(l.source, l.target)) }}
      onOpen={onOpen}
      fileName="jobtrail-flow"
      nothing={data.total === 0 ? en.analytics.nothingSent : null}
      note={words.note}
    >
      <div ref={ref} className={classes.scroll} tabIndex={0} role="group" aria-label={words.label}>
        {width > 0 && (
          <Sankey
            width={wide}
            height={300}
            data={graph}
            nodeWidth={10}
            nodePadding={26}
            iterations={64}
            sort={false}
            margin={{ top: 12, right: LABELS, bottom: 12, left: 2 }}
            node={node as never}
            link={link as never}
          />
        )}
      </div>
    </Figure>
  );
}
