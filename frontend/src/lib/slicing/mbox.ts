import { ascii, isBlank, LF, LineSplitter, startsWith } from "./bytes";
import { Slimmer } from "./slimmer";

/** Recorded with an unfinished upload: another version may cut differently, and can't go on with it. */
export const SLICER_VERSION = 1;

const FROM = ascii("From ");
const LONGEST_ENVELOPE = 1000;
const ENVELOPE =
  /^From (?:[^\n]{0,500}? )?(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? +(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) +\d{1,2} +\d{1,2}:\d\d(?::\d\d)?(?: +(?:[+-]\d{4}|[A-Z]{1,5}))? +\d{4}(?: +[+-]\d{4})?(?: remote from \S+)?\s*$/;
const latin1 = new TextDecoder("latin1");

/** Whether a line separates the messages of an mbox: "From ", and a date as in asctime. */
export function isEnvelope(line: Uint8Array): boolean {
  return line.length < LONGEST_ENVELOPE && startsWith(line, FROM) && ENVELOPE.test(latin1.decode(line));
}

/** Whether a file that begins with these bytes is an mbox. */
export function looksLikeMbox(head: Uint8Array): boolean {
  let from = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
  while (head[from] === LF || head[from] === 13) from += 1;
  const end = head.indexOf(LF, from);
  return end > from && isEnvelope(head.subarray(from, end + 1));
}

/** Takes an mbox in blocks of any size and gives it again without the bodies of attachments. */
export class MboxSlicer {
  messages = 0;
  private slimmer = new Slimmer();
  private afterBlank = false;
  private atLineStart = true;
  private empty = true;
  private readonly lines = new LineSplitter((line) => {
    this.take(line);
  });

  constructor(private readonly emit: (bytes: Uint8Array) => void) {}

  feed(block: Uint8Array): void {
    this.lines.feed(block);
  }

  finish(): void {
    this.lines.finish();
    this.endMessage(false);
  }

  private take(line: Uint8Array): void {
    const atStart = this.atLineStart;
    this.atLineStart = line[line.length - 1] === LF;
    if (atStart && (this.afterBlank || (this.messages === 0 && this.empty)) && line[0] === FROM[0] && isEnvelope(line)) {
      this.endMessage(true);
      this.messages += 1;
      this.emit(line);
      this.afterBlank = false;
      return;
    }
    this.afterBlank = atStart && isBlank(line);
    this.empty = false;
    this.slimmer.take(line);
  }

  /** A blank line must stand before the next envelope, or that would be read as text. */
  private endMessage(more: boolean): void {
    if (this.empty) return;
    const kept = this.slimmer.finish();
    this.emit(kept);
    if (more) {
      const last = kept.length - 1;
      const ended = kept[last] === LF;
      const blank = ended && (kept[last - 1] === LF || (kept[last - 1] === 13 && kept[last - 2] === LF));
      if (!blank) this.emit(ascii(ended ? "\n" : "\n\n"));
    }
    this.slimmer = new Slimmer();
    this.empty = true;
  }
}
