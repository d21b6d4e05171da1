interface Person {
  name: string;
  email?: string | null;
}

/** "Mara Sample <mara@example.com>", one person per line. */
export const peopleText = (people: readonly Person[]): string => people.map((p) => (p.email ? `${p.name} <${p.email}>` : p.name)).join("\n");

export function parsePeople(text: string): Person[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => {
      const found = /^(.*?)\s*<([^<>\s]+@[^<>\s]+)>$/.exec(line);
      const [, name, email] = found ?? [];
      return email ? { name: name?.trim() ? name.trim() : email, email } : { name: line.slice(0, 200), email: null };
    });
}
