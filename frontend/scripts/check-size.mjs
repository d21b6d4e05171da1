// The page's promise: what a first visit must download stays small. Reads the build's manifest and
// adds up every script the entry pulls in before it can paint; fails when the sum is over its budget.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const BUDGET_KB = { js: 250, css: 60 };
const dist = new URL("../dist/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", dist), "utf8"));
const entry = Object.keys(manifest).find((key) => manifest[key].isEntry);

const scripts = new Set();
const styles = new Set();
(function collect(key) {
  const chunk = manifest[key];
  if (scripts.has(chunk.file)) return;
  scripts.add(chunk.file);
  for (const file of chunk.css ?? []) styles.add(file);
  for (const next of chunk.imports ?? []) collect(next);
})(entry);

const kilobytes = (files) => [...files].reduce((sum, file) => sum + gzipSync(readFileSync(new URL(file, dist))).length, 0) / 1000;
const sizes = { js: kilobytes(scripts), css: kilobytes(styles) };
let failed = false;
for (const [kind, budget] of Object.entries(BUDGET_KB)) {
  const over = sizes[kind] > budget;
  failed ||= over;
  console.log(`initial ${kind}: ${sizes[kind].toFixed(1)} kB gzip, budget ${budget} kB${over ? "  OVER" : ""}`);
}
process.exit(failed ? 1 : 0);
