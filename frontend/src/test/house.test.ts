import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const files = readdirSync("src", { recursive: true, encoding: "utf8" }).filter((f) => /\.(ts|tsx|css)$/.test(f) && !f.endsWith("schema.d.ts"));
const text = (file: string): string => readFileSync(join("src", file), "utf8");

it("no barrels: a file is imported where it stands", () => {
  expect(files.filter((f) => /(^|\/)index\.tsx?$/.test(f))).toEqual([]);
});

it("files stay under 400 lines, but for the one that holds all words", () => {
  expect(files.filter((f) => f !== join("i18n", "en.ts") && text(f).split("\n").length > 400)).toEqual([]);
});

it("nothing is fetched from elsewhere: no address of another host in styles, none in code but links to follow", () => {
  expect(files.filter((f) => f.endsWith(".css") && /url\(\s*["']?(https?:)?\/\//.test(text(f)))).toEqual([]);
  const code = files.filter((f) => /\.tsx?$/.test(f) && !f.includes(".test.") && f !== join("i18n", "en.ts"));
  expect(code.filter((f) => /["'`]https?:\/\/(?!www\.w3\.org\/2000\/svg)[a-z]/.test(text(f)))).toEqual([]); // a namespace is only a name
});

it("the document carries no inline script or style", () => {
  const html = readFileSync("index.html", "utf8");
  expect(html.match(/<script(?![^>]*\bsrc=)[^>]*>|<style|\son\w+=|\sstyle=/g)).toBeNull();
});
