import { beginUpload, finishUpload, getUpload, putChunk, removeUpload } from "@/api/mail/uploads";
import { Problem } from "@/api/problem";
import type { Upload } from "@/api/types";
import { en } from "@/i18n/en";
import type { CutHow } from "@/lib/slicing/chunks";
import { type Cutter, FileUnreadable } from "@/lib/slicing/cutter";
import type { Order } from "@/lib/slicing/worker";

export interface Progress {
  /** Bytes of the file that were read. */
  read: number;
  /** Bytes that have arrived. */
  sent: number;
  /** Why nothing moves just now. */
  holdup: "connection" | "import" | null;
}
interface Task {
  file: File;
  how: CutHow;
  /** An upload that was begun earlier and is to be gone on with. */
  earlier: string | null;
  signal: AbortSignal;
  onBegin: (upload: Upload) => void;
  onProgress: (progress: Progress) => void;
  openCutter: (order: Order) => Cutter;
  /** Milliseconds before the first repetition; doubled up to 16 times that. */
  patience?: number;
}

/** How much is sent again when an upload goes on: the server compares it, so that another file is noticed. */
const OVERLAP = 64 * 1024;
const local = (code: string, title: string): Problem => new Problem(0, { code, title });

/** Whether it may work in a moment: no connection, or a server that is just starting. */
const isPassing = (error: unknown): boolean =>
  error instanceof TypeError || (error instanceof Problem && (error.status === 429 || (error.status >= 500 && error.status !== 507)));

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener("online", done);
      if (signal.aborted) reject(new DOMException("", "AbortError"));
      else resolve();
    };
    const timer = setTimeout(done, ms);
    addEventListener("online", done, { once: true });
    signal.addEventListener("abort", done, { once: true });
  });
}

/** Sends a file in chunks, going on by itself when the connection comes back. Gives the id of the import it started. */
export async function sendFile(task: Task): Promise<string> {
  const { file, how, signal } = task;
  const progress: Progress = { read: 0, sent: 0, holdup: null };
  const tell = (change: Partial<Progress>) => {
    Object.assign(progress, change);
    task.onProgress({ ...progress });
  };
  const patient = async <T>(ask: () => Promise<T>): Promise<T> => {
    const shortest = task.patience ?? 1000;
    for (let wait = shortest; ; wait = Math.min(wait * 2, shortest * 16)) {
      try {
        const answer = await ask();
        if (progress.holdup) tell({ holdup: null });
        return answer;
      } catch (error) {
        const busy = error instanceof Problem && error.code === "run.already_active";
        if (signal.aborted || !(busy || isPassing(error))) throw error;
        tell({ holdup: busy ? "import" : "connection" });
        await pause(wait, signal);
      }
    }
  };

  const upload = await patient(() => (task.earlier ? getUpload(task.earlier, signal) : beginUpload(file.name, how === "whole" ? file.size : null, signal)));
  task.onBegin(upload);
  if (upload.job_id) return upload.job_id;
  tell({ sent: upload.offset });
  let from = Math.max(0, upload.offset - OVERLAP);
  for (;;) {
    const expected = await sendFrom(from);
    if (expected === null) break;
    from = expected;
  }
  const { job_id } = await patient(() => finishUpload(upload.id, progress.sent, signal));
  return job_id;

  /** Null when all has arrived, else where the server wants it to go on. */
  async function sendFrom(skip: number): Promise<number | null> {
    const cutter = task.openCutter({ file, how, size: upload.chunk_bytes, skip });
    let at = skip;
    try {
      for (let next = cutter.next(); ; ) {
        const chunk = await next.catch((error: unknown) => {
          throw error instanceof FileUnreadable ? local("upload.unreadable", en.upload.unreadable) : error;
        });
        if (!chunk) return null;
        // The next one is cut while this one is on its way.
        next = cutter.next();
        next.catch(() => undefined);
        at = chunk.offset;
        const { offset } = await patient(() => putChunk(upload.id, chunk.offset, chunk.bytes, signal));
        tell({ read: chunk.read, sent: offset });
      }
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== "import.offset_mismatch") throw error;
      const expected = Number(error.params.expected_offset);
      // A gap can be filled. Other bytes than before can't: this is not the file that was begun.
      if (!(expected < at)) throw local("upload.different", en.upload.different);
      return expected;
    } finally {
      cutter.close();
    }
  }
}

/** An upload that can't go on is taken back, so that it isn't offered again. */
export async function giveUp(id: string | null): Promise<void> {
  if (id === null) return;
  try {
    await removeUpload(id);
  } catch {
    // It ends by itself after a day.
  }
}
