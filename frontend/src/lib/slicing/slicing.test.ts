import { describe, expect, it } from "vitest";
import { cutFile } from "./chunks";
import { isEnvelope, looksLikeMbox, MboxSlicer } from "./mbox";
import { readPartHeaders } from "./partHeaders";
import { BODY_SIZE_HEADER, FULL_SIZE_HEADER } from "./slimmer";

const ENVELOPE = "From 1712345@xxx Mon Jun 01 09:00:00 +0000 2026\n";
const bytes = (text: string) => new TextEncoder().encode(text);
const text = (parts: Uint8Array[]) => parts.map((part) => new TextDecoder().decode(part)).join("");

function slice(mbox: string, step = 1_000_000): string {
  const parts: Uint8Array[] = [];
  const slicer = new MboxSlicer((part) => parts.push(part.slice()));
  const all = bytes(mbox);
  for (let at = 0; at < all.length; at += step) slicer.feed(all.subarray(at, at + step));
  slicer.finish();
  return text(parts);
}

const PLAIN = `${ENVELOPE}Subject: Hello\nFrom: Ana <ana@example.com>\n\nHi,\n\nFrom here on it is only text.\n>From quoted\n\n`;
const BASE64 = `${"QUJD".repeat(19)}\n`.repeat(400);
const WITH_FILE = `${ENVELOPE}Subject: Offer\nContent-Type: multipart/mixed;\n boundary="=_out"\n\npreamble\n--=_out\nContent-Type: multipart/alternative; boundary=inner\n\n--inner\nContent-Type: text/plain\n\nPlease find attached.\n--inner\nContent-Type: text/html\n\n<p>Please find attached.</p>\n--inner--\n--=_out\nContent-Type: text/calendar; name="invite.ics"\nContent-Disposition: attachment\n\nBEGIN:VCALENDAR\n--=_out\nContent-Type: application/pdf; name="offer.pdf"\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment; filename="offer.pdf"\n\n${BASE64}--=_out--\n\n`;

describe("cutting a mailbox", () => {
  it("leaves mail without attachments as it is, byte for byte", () => {
    const odd = `${ENVELOPE}Subject: no body at all\n\n${ENVELOPE}X: y\r\n\r\nCRLF\r\n\r\n${ENVELOPE}no header, only text\n\n${PLAIN}`;
    expect(slice(odd)).toBe(odd);
    expect(slice(PLAIN.trimEnd())).toBe(PLAIN.trimEnd());
  });

  it("keeps headers, texts and calendars, drops the file's content and says how large it was", () => {
    const cut = slice(WITH_FILE + PLAIN);
    expect(cut).toContain("Please find attached.\n--inner\n");
    expect(cut).toContain("<p>Please find attached.</p>");
    expect(cut).toContain("BEGIN:VCALENDAR");
    expect(cut).toContain(`filename="offer.pdf"\n${BODY_SIZE_HEADER}: ${String(BASE64.length).padStart(12, "0")}\n\n--=_out--\n`);
    expect(cut).not.toContain("QUJD");
    expect(cut.startsWith(`${ENVELOPE}${FULL_SIZE_HEADER}: ${WITH_FILE.length - ENVELOPE.length}\nSubject: Offer\n`)).toBe(true);
    expect(cut.endsWith(PLAIN)).toBe(true);
  });

  it("gives the same however the blocks fall", () => {
    const whole = slice(PLAIN + WITH_FILE + PLAIN);
    for (const step of [1, 7, 64, 4096]) expect(slice(PLAIN + WITH_FILE + PLAIN, step)).toBe(whole);
  });

  it("keeps the next mail apart when a file breaks off in the middle", () => {
    const broken = WITH_FILE.slice(0, WITH_FILE.indexOf("--=_out--"));
    expect(slice(`${broken}\n${PLAIN}`)).toContain(`\n\n${PLAIN}`);
  });

  it("drops a mail that is nothing but a file, and files in forwarded mail", () => {
    const scan = `${ENVELOPE}Subject: scan\nContent-Type: image/png\n\n${BASE64}\n`;
    expect(slice(scan + PLAIN)).toContain(PLAIN);
    expect(slice(scan)).not.toContain("QUJD");
    const forwarded = `${ENVELOPE}Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: message/rfc822\n\n${WITH_FILE.slice(ENVELOPE.length)}\n--a--\n\n`;
    expect(slice(forwarded)).toContain("Please find attached.");
    expect(slice(forwarded)).not.toContain("QUJD");
  });

  it("keeps what it can't be sure about", () => {
    const noBoundary = `${ENVELOPE}Content-Type: multipart/mixed\n\n${BASE64}\n`;
    const strange = `${ENVELOPE}Content-Type: nonsense\n\nText after all\n\n`;
    expect([slice(noBoundary), slice(strange)]).toEqual([noBoundary, strange]);
  });

  it("bounds one huge text and one endless line", () => {
    const huge = `${ENVELOPE}Subject: log\n\n${"a line of a log\n".repeat(100_000)}\n`;
    const endless = `${ENVELOPE}Subject: line\n\n${"x".repeat(1_500_000)}\n\n`;
    for (const one of [huge, endless]) expect(slice(one + PLAIN).length).toBeLessThan(1_010_000 + PLAIN.length);
    expect(slice(endless + PLAIN)).toContain(PLAIN);
  });
});

describe("chunks", () => {
  const file = new Blob([PLAIN.repeat(50) + WITH_FILE.repeat(20)]);
  const collect = async (skip: number) => {
    const chunks = [];
    for await (const chunk of cutFile(file, "slice", 1000, skip)) chunks.push(chunk);
    return chunks;
  };

  it("follow each other and together are the whole", async () => {
    const chunks = await collect(0);
    expect(text(chunks.map((c) => c.bytes))).toBe(slice(PLAIN.repeat(50) + WITH_FILE.repeat(20)));
    expect(chunks.map((c) => c.offset)).toEqual(chunks.map((_, i) => i * 1000));
    expect(chunks.at(-1)?.read).toBe(file.size);
  });

  it("go on in the middle as if they had never stopped", async () => {
    const whole = text((await collect(0)).map((c) => c.bytes));
    const rest = await collect(4321);
    expect(rest[0]?.offset).toBe(4321);
    expect(text(rest.map((c) => c.bytes))).toBe(whole.slice(4321));
  });

  it("of any other file are its bytes", async () => {
    const chunks = [];
    for await (const chunk of cutFile(new Blob(["0123456789"]), "whole", 4, 2)) chunks.push([chunk.offset, text([chunk.bytes]), chunk.read]);
    expect(chunks).toEqual([[2, "2345", 6], [6, "6789", 10]]);
  });
});

describe("what a line and a header say", () => {
  it("an envelope has a date; a sentence has none", () => {
    expect(["From ana@example.com Sat Jan  3 01:05:34 2026\n", "From - Sat Jan 03 01:05 2026\r\n", ENVELOPE].map((line) => isEnvelope(bytes(line)))).toEqual([true, true, true]);
    expect(["From Monday on we are closed\n", "From: ana@example.com\n", ">From a Sat Jan  3 01:05:34 2026\n"].map((line) => isEnvelope(bytes(line)))).toEqual([false, false, false]);
  });
  it("an mbox begins with one", () => {
    expect([looksLikeMbox(bytes(`\n${PLAIN}`)), looksLikeMbox(bytes("Subject: x\n\ny")), looksLikeMbox(new Uint8Array([80, 75, 3, 4]))]).toEqual([true, false, false]);
  });
  it("headers may be folded, quoted and cut into pieces", () => {
    const part = readPartHeaders(bytes('CONTENT-TYPE: Multipart/Mixed;\r\n\tboundary*0="one;";\r\n boundary*1=two\r\nContent-Disposition: ATTACHMENT\r\n'));
    expect(part).toMatchObject({ type: "multipart/mixed", boundary: "one;two", attached: true });
    expect(readPartHeaders(bytes("Subject: x\n"), "message/rfc822").type).toBe("message/rfc822");
  });
});
