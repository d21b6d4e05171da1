import { readdirSync } from "node:fs";
import js from "@eslint/js";
import reactHooks from "eslint-plugin-react-hooks";
import globals from "globals";
import tseslint from "typescript-eslint";

/** Imports go down only: routes -> features -> components|lib -> api. */
const UP = [{ group: ["../*"], message: "Import across folders with '@/...', so that the layer is visible." }];
const layer = (files, forbidden) => ({
  files: [`src/${files}/**/*.{ts,tsx}`],
  ignores: ["src/**/*.test.{ts,tsx}"],
  rules: {
    "no-restricted-imports": [
      "error",
      { patterns: [...UP, { group: forbidden.map((f) => `@/${f}/**`), message: `${files} may not import ${forbidden.join(", ")}.` }] },
    ],
  },
});

const features = readdirSync(new URL("./src/features", import.meta.url), { withFileTypes: true }).filter((f) => f.isDirectory());

export default tseslint.config(
  { ignores: ["dist", "node_modules", "src/api/schema.d.ts", "e2e"] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  reactHooks.configs.flat["recommended-latest"],
  {
    files: ["src/**/*.{ts,tsx}"],
    languageOptions: { globals: globals.browser },
    rules: {
      "@typescript-eslint/consistent-type-imports": "error",
      "no-console": "error",
      "no-restricted-syntax": [
        "error",
        { selector: "ExportAllDeclaration", message: "No barrels: import from the file that defines it." },
        { selector: "ExportNamedDeclaration[source]", message: "No barrels: import from the file that defines it." },
      ],
    },
  },
  { files: ["scripts/*.mjs", "src/test/*.mjs", "*.js", "*.cjs"], languageOptions: { globals: globals.node } },
  layer("features", ["routes", "features"]),
  layer("components", ["routes", "features"]),
  layer("lib", ["routes", "features", "components"]),
  layer("api", ["routes", "features", "components", "lib"]),
  layer("i18n", ["routes", "features", "components", "lib", "api"]),
  ...features.map((feature) => layer(`features/${feature.name}`, ["routes", "features"])),
);
