/** Bytes that grow at their end. */
export class ByteBuffer {
  private bytes: Uint8Array<ArrayBuffer>;
  length = 0;

  constructor(capacity = 4096) {
    this.bytes = new Uint8Array(capacity);
  }

  add(more: Uint8Array): void {
    const needed = this.length + more.length;
    if (needed > this.bytes.length) {
      const grown = new Uint8Array(Math.max(needed, this.bytes.length * 2));
      grown.set(this.bytes.subarray(0, this.length));
      this.bytes = grown;
    }
    this.bytes.set(more, this.length);
    this.length = needed;
  }

  put(at: number, other: Uint8Array): void {
    this.bytes.set(other, at);
  }

  clear(): void {
    this.length = 0;
  }

  /** A view, valid until the next `add`. */
  view(from = 0): Uint8Array {
    return this.bytes.subarray(from, this.length);
  }

  /** Takes the first `count` bytes out, as a copy of their own. */
  shift(count: number): Uint8Array<ArrayBuffer> {
    const taken = this.bytes.slice(0, count);
    this.bytes.copyWithin(0, count, this.length);
    this.length -= count;
    return taken;
  }
}

export const LF = 10;
const CR = 13;

export const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

export function startsWith(line: Uint8Array, prefix: Uint8Array): boolean {
  if (line.length < prefix.length) return false;
  for (let i = 0; i < prefix.length; i += 1) if (line[i] !== prefix[i]) return false;
  return true;
}

/** Whether nothing but a line end is on the line. */
export function isBlank(line: Uint8Array): boolean {
  for (const byte of line) if (byte !== LF && byte !== CR) return false;
  return true;
}

/** Cuts blocks into lines, each with its line end. A line longer than `longest` comes in pieces. */
export class LineSplitter {
  private rest: Uint8Array = new Uint8Array(0);

  constructor(
    private readonly take: (line: Uint8Array) => void,
    private readonly longest = 65_536,
  ) {}

  feed(block: Uint8Array): void {
    let data = block;
    if (this.rest.length > 0) {
      data = new Uint8Array(this.rest.length + block.length);
      data.set(this.rest);
      data.set(block, this.rest.length);
    }
    let from = 0;
    while (from < data.length) {
      const found = data.indexOf(LF, from);
      const whole = found >= 0;
      const end = whole ? found + 1 : data.length;
      if (!whole && end - from < this.longest) break;
      for (; end - from > this.longest; from += this.longest) this.take(data.subarray(from, from + this.longest));
      if (whole) {
        this.take(data.subarray(from, end));
        from = end;
      } else if (from < end) break;
    }
    this.rest = data.slice(from);
  }

  finish(): void {
    if (this.rest.length > 0) this.take(this.rest);
    this.rest = new Uint8Array(0);
  }
}
