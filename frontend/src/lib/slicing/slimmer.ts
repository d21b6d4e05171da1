import { ascii, ByteBuffer, isBlank, LF, startsWith } from "./bytes";
import { type PartHeaders, readPartHeaders } from "./partHeaders";

/**
 * Makes a message small while it streams by: headers, texts and calendars stay, the bodies of attachments go and
 * leave their size behind. The same shape, and the same two headers, as the server makes of large messages.
 */
export const BODY_SIZE_HEADER = "X-Jobtrail-Body-Size";
export const FULL_SIZE_HEADER = "X-Jobtrail-Full-Size";
/** Bytes of one message; texts beyond it go too. */
export const KEPT_LIMIT = 1_000_000;
const HEADERS_LIMIT = 200_000;
const LONGEST_BOUNDARY = 200;
const MAX_DEPTH = 25;
const MAX_PARTS = 500;
const SIZE_DIGITS = 12;

const HEADER_LINE = /^(?:[!-9;-~]{1,200}:|[ \t]|>?From )/;
const KEPT_TEXTS = new Set(["text/plain", "text/html", "text/calendar", "text/enriched"]);
const CALENDARS = new Set(["text/calendar", "application/ics"]);
const ENCODED = new Set(["base64", "quoted-printable"]);
const DASHES = ascii("--");
const latin1 = new TextDecoder("latin1");

/** Whether a body is kept that its headers describe so. Whatever is not plainly an attachment stays. */
function keepsBody(part: PartHeaders): boolean {
  return CALENDARS.has(part.type) || part.name.toLowerCase().endsWith(".ics") || (KEPT_TEXTS.has(part.type) && !part.attached);
}

export class Slimmer {
  private readonly out = new ByteBuffer();
  private readonly header = new ByteBuffer();
  private inHeader = true;
  private atLineStart = true;
  private keeping = true;
  private seen = 0;
  private lost = false;
  private sizeSlot: number | null = null;
  private dropped = 0;
  private parts = 0;
  /** Open multiparts and nested messages, outermost first. */
  private open: { boundary: string | null; digest: boolean }[] = [];
  private boundaries = new Map<string, number>();

  /** One line with its end, or a piece of a very long one. */
  take(line: Uint8Array): void {
    this.seen += line.length;
    const atStart = this.atLineStart;
    this.atLineStart = line[line.length - 1] === LF;
    if (atStart && this.boundaries.size > 0 && startsWith(line, DASHES) && this.crossBoundary(line)) return;
    if (this.inHeader) {
      const blank = isBlank(line);
      if (!blank && (!atStart || HEADER_LINE.test(latin1.decode(line.subarray(0, 202))))) {
        if (this.header.length < HEADERS_LIMIT) this.header.add(line);
        else this.lost = true;
        return;
      }
      this.endHeader(blank ? line : null);
      if (blank || this.inHeader) return;
    }
    this.addBody(line);
  }

  /** What is kept of the message; all of it, byte for byte, when nothing had to go. Valid until the next call. */
  finish(): Uint8Array {
    if (this.inHeader) this.endHeader(null);
    this.endBody();
    if (!this.lost) return this.out.view();
    const whole = new ByteBuffer(this.out.length + 64);
    whole.add(ascii(`${FULL_SIZE_HEADER}: ${this.seen}\n`));
    whole.add(this.out.view());
    return whole.view();
  }

  private addBody(line: Uint8Array): void {
    if (this.keeping && this.out.length + line.length <= KEPT_LIMIT) {
      this.out.add(line);
      return;
    }
    this.lost = true;
    this.dropped += line.length;
  }

  /** Whether the line ends the current part; then the next one begins. */
  private crossBoundary(line: Uint8Array): boolean {
    if (line.length > LONGEST_BOUNDARY + 100) return false;
    const tail = latin1.decode(line.subarray(2)).trimEnd();
    let level = this.boundaries.get(tail);
    const closing = level === undefined;
    if (closing && tail.endsWith("--")) level = this.boundaries.get(tail.slice(0, -2));
    if (level === undefined) return false;
    if (this.inHeader) this.endHeader(null);
    this.endBody();
    this.closeTo(closing ? level : level + 1);
    this.parts += 1;
    this.keeping = this.parts <= MAX_PARTS;
    if (this.keeping || closing) this.out.add(line);
    this.inHeader = !closing && this.keeping;
    return true;
  }

  private closeTo(depth: number): void {
    for (const { boundary } of this.open.splice(depth)) if (boundary !== null) this.boundaries.delete(boundary);
  }

  private endBody(): void {
    if (this.sizeSlot !== null) this.out.put(this.sizeSlot, ascii(String(this.dropped).padStart(SIZE_DIGITS, "0")));
    this.sizeSlot = null;
    this.dropped = 0;
  }

  /** Decides from a part's headers what becomes of its body. `blank` is the line after them, null where there is none. */
  private endHeader(blank: Uint8Array | null): void {
    let header = this.header.view();
    this.inHeader = false;
    if (this.out.length + header.length > KEPT_LIMIT) {
      header = header.subarray(0, 0);
      this.lost = true;
    }
    const keeps = this.beginBody(header);
    this.out.add(header);
    this.keeping = keeps;
    if (keeps) {
      if (blank) this.out.add(blank);
    } else {
      if (header.length > 0 && header[header.length - 1] !== LF) this.out.add(ascii("\n"));
      this.out.add(ascii(`${BODY_SIZE_HEADER}: `));
      this.sizeSlot = this.out.length;
      this.out.add(ascii(`${"0".repeat(SIZE_DIGITS)}\n`));
      this.out.add(blank ?? ascii("\n"));
      this.lost = true;
    }
    this.header.clear();
  }

  /** Opens what the headers open; whether the body is kept. */
  private beginBody(header: Uint8Array): boolean {
    const part = readPartHeaders(header, this.open.at(-1)?.digest ? "message/rfc822" : undefined);
    if (part.type.startsWith("multipart/")) {
      const boundary = part.boundary?.trimEnd() ?? "";
      if (boundary === "" || boundary.length > LONGEST_BOUNDARY || this.boundaries.has(boundary) || this.open.length >= MAX_DEPTH) return true;
      this.boundaries.set(boundary, this.open.length);
      this.open.push({ boundary, digest: part.type === "multipart/digest" });
      return true;
    }
    if ((part.type === "message/rfc822" || part.type === "message/global") && !ENCODED.has(part.encoding)) {
      if (this.open.length >= MAX_DEPTH) return true;
      this.open.push({ boundary: null, digest: false });
      this.inHeader = true;
      return true;
    }
    return keepsBody(part);
  }
}
