/** Mail text as the reader shows it: blocks with offsets, quoted history apart, pieces lit or linked. */
export interface Block {
  kind: "text" | "quote";
  start: number;
  end: number;
}
export interface Span {
  start: number;
  end: number;
}
export type Piece = { kind: "text" | "mark"; text: string } | { kind: "link"; text: string; href: string; lit: boolean };

const ATTRIBUTION = /^(on\b.{6,200}\bwrote:|am\b.{6,200}\bschrieb\b.*:|le\b.{6,200}\ba écrit\s*:)\s*$/i;
const HISTORY = /^(-{3,}\s*(original message|forwarded message|ursprüngliche nachricht)\s*-{3,}|_{10,})\s*$/i;
const URL_PATTERN = /\bhttps?:\/\/[^\s<>"'()[\]]+/g;

/** The server counts characters, the browser counts UTF-16 units: an emoji is one there and two here. */
export function toUnits(text: string, spans: readonly Span[]): Span[] {
  if (!/[\uD800-\uDBFF]/.test(text)) return spans.map(({ start, end }) => ({ start, end }));
  const at: number[] = [];
  let unit = 0;
  for (const char of text) {
    at.push(unit);
    unit += char.length;
  }
  at.push(unit);
  return spans.map(({ start, end }) => ({ start: at[Math.min(start, at.length - 1)] ?? unit, end: at[Math.min(end, at.length - 1)] ?? unit }));
}

/** Splits a mail into paragraphs and runs of quoted lines. Offsets index into `text`. */
export function toBlocks(text: string): Block[] {
  const blocks: Block[] = [];
  let offset = 0;
  let open: Block | undefined;
  let history = false;
  for (const line of text.split("\n")) {
    const end = offset + line.length;
    const bare = line.trim();
    if (HISTORY.test(bare) && blocks.length > 0) history = true;
    const quoted: boolean = history || bare.startsWith(">") || ATTRIBUTION.test(bare);
    const kind = quoted ? "quote" : "text";
    if (bare === "" && kind === "text") {
      // An empty line ends a paragraph, but a quote goes on over it.
      if (open?.kind === "text") open = undefined;
    } else if (open?.kind === kind) {
      open.end = end;
    } else {
      open = { kind, start: offset, end };
      blocks.push(open);
    }
    offset = end + 1;
  }
  return joinQuotes(blocks);
}

function joinQuotes(blocks: Block[]): Block[] {
  const joined: Block[] = [];
  for (const block of blocks) {
    const last = joined.at(-1);
    if (last?.kind === "quote" && block.kind === "quote") last.end = block.end;
    else joined.push({ ...block });
  }
  return joined;
}

export const touches = (block: Block, spans: readonly Span[]): boolean => spans.some((s) => s.start < block.end && s.end > block.start);

/** One block cut into plain, lit and linked pieces, in order; joined they are the block again. */
export function toPieces(text: string, block: Block, lit: readonly Span[]): Piece[] {
  const inside = text.slice(block.start, block.end);
  const links = [...inside.matchAll(URL_PATTERN)].map((m) => {
    const href = m[0].replace(/[.,;:!?]+$/, "");
    return { start: block.start + m.index, end: block.start + m.index + href.length, href };
  });
  const cuts = new Set([block.start, block.end]);
  for (const { start, end } of [...lit, ...links]) {
    if (start > block.start && start < block.end) cuts.add(start);
    if (end > block.start && end < block.end) cuts.add(end);
  }
  const edges = [...cuts].sort((a, b) => a - b);
  const pieces: Piece[] = [];
  edges.slice(0, -1).forEach((start, i) => {
    const end = edges[i + 1] ?? block.end;
    const isLit = lit.some((s) => s.start <= start && s.end >= end);
    const link = links.find((l) => l.start <= start && l.end >= end);
    const part = text.slice(start, end);
    if (link) pieces.push({ kind: "link", text: part, href: link.href, lit: isLit });
    else pieces.push({ kind: isLit ? "mark" : "text", text: part });
  });
  return pieces;
}
