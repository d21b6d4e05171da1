import { SLICER_VERSION } from "@/lib/slicing/mbox";
import type { CutHow } from "@/lib/slicing/chunks";
import type { Upload } from "@/api/types";

/** What this browser remembers of an upload it has begun, to know the file again after a reload. */
interface Note {
  name: string;
  size: number;
  modified: number;
  how: CutHow;
  version: number;
}
const KEY = "jobtrail.uploads";

function read(): Record<string, Note> {
  try {
    return (JSON.parse(localStorage.getItem(KEY) ?? "{}") as Record<string, Note> | null) ?? {};
  } catch {
    return {};
  }
}

function write(notes: Record<string, Note>): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(notes));
  } catch {
    // Without storage an upload still survives a lost connection, only not a reload.
  }
}

const noteOf = (file: File, how: CutHow): Note => ({ name: file.name, size: file.size, modified: file.lastModified, how, version: SLICER_VERSION });

export function rememberUpload(id: string, file: File, how: CutHow): void {
  write({ ...read(), [id]: noteOf(file, how) });
}

export function forgetUpload(id: string): void {
  const notes = read();
  Reflect.deleteProperty(notes, id);
  write(notes);
}

/** The unfinished upload that this file continues. */
export function findEarlier(file: File, how: CutHow, unfinished: readonly Upload[]): string | null {
  const notes = read();
  const wanted = JSON.stringify(noteOf(file, how));
  return unfinished.find(({ id }) => JSON.stringify(notes[id]) === wanted)?.id ?? null;
}
