export interface ClientName {
  kind: "computer" | "phone" | "program";
  /** "Firefox on Linux"; null when it can't be told. */
  name: string | null;
}

// The first that fits: browsers name their ancestors too.
const BROWSERS: [RegExp, string][] = [
  [/\bEdgA?\//, "Edge"],
  [/\bOPR\//, "Opera"],
  [/\bSamsungBrowser\//, "Samsung Internet"],
  [/\b(?:Firefox|FxiOS)\//, "Firefox"],
  [/\b(?:Chrome|CriOS|Chromium|HeadlessChrome)\//, "Chrome"],
  [/\bSafari\//, "Safari"],
];
const SYSTEMS: [RegExp, string, ClientName["kind"]][] = [
  [/iPhone/, "iPhone", "phone"],
  [/iPad/, "iPad", "phone"],
  [/Android/, "Android", "phone"],
  [/Windows/, "Windows", "computer"],
  [/Mac OS X|Macintosh/, "macOS", "computer"],
  [/CrOS/, "ChromeOS", "computer"],
  [/Linux|X11/, "Linux", "computer"],
];

/** What a User-Agent header says to a person. */
export function clientOf(userAgent: string): ClientName {
  const browser = BROWSERS.find(([pattern]) => pattern.test(userAgent))?.[1];
  const system = SYSTEMS.find(([pattern]) => pattern.test(userAgent));
  if (browser && system) return { kind: system[2], name: `${browser} on ${system[1]}` };
  if (browser ?? system) return { kind: system?.[2] ?? "computer", name: browser ?? system?.[1] ?? null };
  return { kind: "program", name: userAgent.split(/[\s/]/)[0] || null };
}
