import { type Chunk, type CutHow, cutFile } from "./chunks";

/** Cutting in a thread of its own: the page asks for a chunk, and gets one, until there are no more. */
export interface Order {
  file: File;
  how: CutHow;
  size: number;
  skip: number;
}
export type Ask = { type: "open"; order: Order } | { type: "next" };
export type Answer = { type: "chunk"; chunk: Chunk } | { type: "end" } | { type: "failed"; unreadable: boolean };

const scope = self as unknown as { onmessage: ((event: MessageEvent<Ask>) => void) | null; postMessage: (answer: Answer, transfer?: Transferable[]) => void };
let chunks: AsyncGenerator<Chunk, void, undefined> | null = null;

scope.onmessage = ({ data }) => {
  if (data.type === "open") {
    const { file, how, size, skip } = data.order;
    chunks = cutFile(file, how, size, skip);
    return;
  }
  void (async () => {
    try {
      const next = await chunks?.next();
      if (!next || next.done) scope.postMessage({ type: "end" });
      else scope.postMessage({ type: "chunk", chunk: next.value }, [next.value.bytes.buffer]);
    } catch (error) {
      scope.postMessage({ type: "failed", unreadable: error instanceof DOMException });
    }
  })();
};
