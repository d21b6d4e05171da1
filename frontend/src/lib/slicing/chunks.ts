import { ByteBuffer } from "./bytes";
import { MboxSlicer } from "./mbox";

const BLOCK = 4 * 1024 * 1024;

export interface Chunk {
  /** Where in what is sent the chunk begins. */
  offset: number;
  bytes: Uint8Array<ArrayBuffer>;
  /** How many bytes of the file have been read for it. */
  read: number;
}

export type CutHow = "slice" | "whole";

/**
 * What is to be sent of a file, in chunks of `size`: an mbox without its attachments, any other file as it is.
 * Reads block by block, so that memory stays flat whatever the file's size. Starts at `skip` of what is sent.
 */
export async function* cutFile(file: Blob, how: CutHow, size: number, skip = 0): AsyncGenerator<Chunk, void, undefined> {
  if (how === "whole") {
    for (let offset = skip; offset < file.size; offset += size) {
      const end = Math.min(offset + size, file.size);
      yield { offset, bytes: new Uint8Array(await file.slice(offset, end).arrayBuffer()), read: end };
    }
    return;
  }
  const pending = new ByteBuffer(2 * size);
  let passed = 0;
  let offset = skip;
  const slicer = new MboxSlicer((bytes) => {
    const from = Math.min(bytes.length, Math.max(0, skip - passed));
    passed += bytes.length;
    if (from < bytes.length) pending.add(bytes.subarray(from));
  });
  for (let read = 0; read < file.size; read += BLOCK) {
    const end = Math.min(read + BLOCK, file.size);
    slicer.feed(new Uint8Array(await file.slice(read, end).arrayBuffer()));
    if (end === file.size) slicer.finish();
    for (; pending.length >= size; offset += size) yield { offset, bytes: pending.shift(size), read: end };
  }
  if (pending.length > 0) yield { offset, bytes: pending.shift(pending.length), read: file.size };
}
