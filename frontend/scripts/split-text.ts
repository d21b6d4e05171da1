// The page's text stands in one file, so that it can be read and translated as a whole. In a build each of
// its sections becomes a module of its own, so that the words of a page come with that page: an import of
// `en` is read as an import of just the sections that the importing file names.
import { readFileSync } from "node:fs";
import type { Plugin } from "vite";

const IMPORT = /^import \{ en \} from "@\/i18n\/en";$/m;
const NAMED = /\ben\.(\w+)/g;
// `en` as a whole, and not as a type: such a file gets all of it.
const WHOLE = /(?<![\w.$"'`-])en(?=\s*[[,;)}\]])/;
const OPEN = "export const en = {\n";

interface Sections {
  /** What stands above them, which they may use. */
  before: string;
  of: Map<string, string>;
}

export function splitText(file: string): Plugin {
  const sections = (): Sections => {
    const text = readFileSync(file, "utf8");
    const start = text.indexOf(OPEN);
    const end = text.lastIndexOf("\n} as const;");
    if (start < 0 || end < 0) throw new Error(`${file} is not written as "export const en = { ... } as const;"`);
    // What stands two spaces deep begins a section.
    const parts = text.slice(start + OPEN.length, end + 1).split(/^(?= {2}\w)/m);
    return { before: text.slice(0, start), of: new Map(parts.map((part) => [/\w+/.exec(part)?.[0] ?? "", part])) };
  };
  return {
    name: "split-text",
    apply: "build",
    enforce: "pre",
    transform(code, id) {
      if (!/\.tsx?$/.test(id) || !IMPORT.test(code) || WHOLE.test(code.replace(IMPORT, "").replaceAll(/typeof en\b[^;,)>]*/g, ""))) return null;
      const known = sections().of;
      const names = [...new Set([...code.matchAll(NAMED)].map((match) => match[1] ?? ""))].filter((name) => known.has(name));
      const imports = names.map((name) => `import en_${name} from ${JSON.stringify(`${file}?section=${name}.ts`)};`);
      const whole = `const en = { ${names.map((name) => `${name}: en_${name}`).join(", ")} };`;
      return { code: code.replace(IMPORT, () => `${imports.join(" ")} ${whole}`), map: null };
    },
    load(id) {
      const name = /\?section=(\w+)\.ts$/.exec(id)?.[1];
      if (!name || !id.startsWith(file)) return null;
      const { before, of } = sections();
      return { code: `${before}const part = {\n${of.get(name) ?? ""}};\nexport default part.${name};\n`, moduleType: "ts" };
    },
  };
}
