/** Initials and one of eight hues for a company; the same name always gets the same hue. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/[\s/&.,-]+/u).filter(Boolean);
  const letters = words.length > 1 ? [words[0], words[1]].map((w) => [...(w ?? "")][0] ?? "") : [...(words[0] ?? "?")].slice(0, 2);
  return letters.join("").toUpperCase();
}

export function hueOf(name: string): number {
  let hash = 2166136261;
  for (const char of name.toLowerCase()) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 16777619);
  return (hash >>> 0) % 8;
}
