const wordsOf = (text: string): string[] => text.toLocaleLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean);

/** Whether a name answers to what somebody began to write: each written word begins a word of the name. */
export function answersTo(name: string, written: string): boolean {
  const words = wordsOf(name);
  return wordsOf(written).every((begin) => words.some((word) => word.startsWith(begin))) && (written.trim() === "" || wordsOf(written).length > 0);
}
