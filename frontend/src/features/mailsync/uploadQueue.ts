import type { QueryClient } from "@tanstack/react-query";
import { uploadsQuery } from "@/api/mail/uploads";
import { Problem } from "@/api/problem";
import { runsQuery } from "@/api/runs/list";
import type { CutHow } from "@/lib/slicing/chunks";
import { looksLikeMbox } from "@/lib/slicing/mbox";
import { findEarlier, forgetUpload, rememberUpload } from "./uploadNotes";
import type { Progress } from "./sendFile";

/** Below this a mailbox file goes as it is: cutting it would save nobody anything. */
const SLICED_FROM = 5_000_000;
/** What the server has thrown away itself. */
const GONE = new Set(["archive.not_a_mailbox", "import.upload_not_found"]);
const NOTHING: Progress = { read: 0, sent: 0, holdup: null };

export interface Sending {
  id: string | null;
  file: File;
  how: CutHow;
  progress: Progress;
  /** Files that follow this one. */
  queued: number;
  error: unknown;
}

async function howToCut(file: File): Promise<CutHow> {
  if (file.size < SLICED_FROM) return "whole";
  return looksLikeMbox(new Uint8Array(await file.slice(0, 8192).arrayBuffer())) ? "slice" : "whole";
}

/** Only needed once a file was chosen. */
const loadSender = () => Promise.all([import("./sendFile"), import("@/lib/slicing/cutter")]);

/** Hands files over, one after the other, also while the person is on other pages. */
export class UploadQueue {
  sending: Sending | null = null;
  private files: File[] = [];
  private stop: AbortController | null = null;
  private readonly listeners = new Set<() => void>();
  private readonly watchers = new Set<(jobId: string) => void>();

  constructor(
    private readonly client: QueryClient,
    /** Called when nobody watches. */
    private readonly finished: (file: File) => void,
  ) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly current = (): Sending | null => this.sending;

  /** Tells of each import that a file has become, until the returned function is called. */
  readonly watch = (seen: (jobId: string) => void): (() => void) => {
    this.watchers.add(seen);
    return () => this.watchers.delete(seen);
  };

  readonly start = (files: readonly File[]): void => {
    if (this.sending?.error) this.drop();
    this.files.push(...files);
    if (this.sending) this.change({});
    else void this.run();
  };

  /** After a failure: the same file again, from where it stands. */
  readonly goOn = (): void => {
    void this.run();
  };

  readonly cancel = (): void => {
    const id = this.sending?.id ?? null;
    this.drop();
    void this.forget(id);
  };

  private drop(): void {
    this.stop?.abort();
    this.files = [];
    this.sending = null;
    this.tell();
  }

  private async run(): Promise<void> {
    const file = this.files[0];
    if (!file) return;
    const { signal } = (this.stop = new AbortController());
    this.sending = { id: null, file, how: "whole", progress: NOTHING, queued: 0, error: null };
    this.change({});
    try {
      const jobId = await this.send(file, signal);
      this.files.shift();
      this.sending = null;
      this.tell();
      void this.client.invalidateQueries({ queryKey: runsQuery.queryKey });
      if (this.watchers.size === 0) this.finished(file);
      for (const seen of this.watchers) seen(jobId);
      void this.run();
    } catch (error) {
      if (signal.aborted) return;
      // What was refused, or is not the file that was begun, can't be gone on with.
      if (error instanceof Problem && error.status < 500 && error.status !== 401) await this.forget(this.sending?.id ?? null, GONE.has(error.code));
      this.change({ error, id: null });
    }
  }

  private async send(file: File, signal: AbortSignal): Promise<string> {
    const how = await howToCut(file);
    if (!signal.aborted) this.change({ how });
    const [{ sendFile }, { openCutter }] = await loadSender();
    const unfinished = await this.client.fetchQuery({ ...uploadsQuery, staleTime: 0 });
    const jobId = await sendFile({
      file,
      how,
      signal,
      openCutter,
      earlier: findEarlier(file, how, unfinished.items),
      onBegin: ({ id }) => {
        rememberUpload(id, file, how);
        if (!signal.aborted) this.change({ id });
      },
      onProgress: (progress) => {
        if (!signal.aborted) this.change({ progress });
      },
    });
    if (this.sending?.id) forgetUpload(this.sending.id);
    void this.client.invalidateQueries({ queryKey: uploadsQuery.queryKey });
    return jobId;
  }

  private async forget(id: string | null, gone = false): Promise<void> {
    if (id === null) return;
    forgetUpload(id);
    const [{ giveUp }] = await loadSender();
    if (!gone) await giveUp(id);
    await this.client.invalidateQueries({ queryKey: uploadsQuery.queryKey });
  }

  private change(change: Partial<Sending>): void {
    if (!this.sending) return;
    this.sending = { ...this.sending, ...change, queued: Math.max(0, this.files.length - 1) };
    this.tell();
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}
