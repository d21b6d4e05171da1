import type { Chunk } from "./chunks";
import type { Answer, Ask, Order } from "./worker";

/** The file went away, or changed, while it was read. */
export class FileUnreadable extends Error {}

export interface Cutter {
  /** The next chunk; null after the last one. */
  next: () => Promise<Chunk | null>;
  close: () => void;
}

/** Cuts a file in a thread of its own, one chunk at a time as they are asked for. */
export function openCutter(order: Order): Cutter {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  const say = (ask: Ask) => {
    worker.postMessage(ask);
  };
  say({ type: "open", order });
  return {
    next: () =>
      new Promise((resolve, reject) => {
        worker.onmessage = ({ data }: MessageEvent<Answer>) => {
          if (data.type === "chunk") resolve(data.chunk);
          else if (data.type === "end") resolve(null);
          else reject(new FileUnreadable());
        };
        worker.onerror = () => {
          reject(new FileUnreadable());
        };
        say({ type: "next" });
      }),
    close: () => {
      worker.terminate();
    },
  };
}
