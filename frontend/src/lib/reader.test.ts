import { describe, expect, it } from "vitest";
import { toBlocks, toPieces, touches, toUnits } from "./reader";

const MAIL = `Hi Robin,

we would love to talk. See https://jobs.example.com/a?b=1.

Dana

On Tue, 3 Nov 2026 at 09:14, Robin Vale <robin@example.org> wrote:
> Dear team,
>
> here I am.`;

describe("the reader's blocks", () => {
  it("keeps paragraphs and folds the history with its heading", () => {
    const blocks = toBlocks(MAIL);
    expect(blocks.map((b) => b.kind)).toEqual(["text", "text", "text", "quote"]);
    const quote = blocks.at(-1);
    expect(quote && MAIL.slice(quote.start, quote.end)).toMatch(/^On Tue[\s\S]*here I am\.$/);
  });

  it("folds everything below a forwarded heading, but not a mail that begins with one", () => {
    expect(toBlocks("See below.\n\n-----Original Message-----\nFrom: A\n\nHello").map((b) => b.kind)).toEqual(["text", "quote"]);
    expect(toBlocks("-----Forwarded Message-----\n\nHello").map((b) => b.kind)).toEqual(["text", "text"]);
  });

  it("says when a lit sentence lies inside a folded quote", () => {
    const quote = toBlocks(MAIL).at(-1);
    const start = MAIL.indexOf("here I am");
    expect(quote && touches(quote, [{ start, end: start + 9 }])).toBe(true);
    expect(quote && touches(quote, [{ start: 0, end: 5 }])).toBe(false);
  });
});

describe("pieces of a block", () => {
  it("loses and repeats nothing", () => {
    const lit = [{ start: MAIL.indexOf("we would"), end: MAIL.indexOf("See") + 12 }];
    for (const block of toBlocks(MAIL)) {
      expect(toPieces(MAIL, block, lit).map((p) => p.text).join("")).toBe(MAIL.slice(block.start, block.end));
    }
  });

  it("links an address without the full stop behind it", () => {
    const block = toBlocks(MAIL)[1];
    const link = block && toPieces(MAIL, block, []).find((p) => p.kind === "link");
    expect(link).toEqual({ kind: "link", text: "https://jobs.example.com/a?b=1", href: "https://jobs.example.com/a?b=1", lit: false });
  });

  it("never links anything but http", () => {
    const text = "javascript:alert(1) and data:text/html,x and ftp://a.example";
    const [block] = toBlocks(text);
    expect(block && toPieces(text, block, []).some((p) => p.kind === "link")).toBe(false);
  });

  it("counts characters as the server does, emoji as one", () => {
    const text = "Hi 🎉🎉 you are invited";
    const quote = "you are invited";
    const start = [...text].length - [...quote].length;
    const [span] = toUnits(text, [{ start, end: start + [...quote].length }]);
    expect(span && text.slice(span.start, span.end)).toBe(quote);
  });
});
