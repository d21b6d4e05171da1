/** Keeps rows where they are while more arrive: known ones stay in place with their new values, new ones go below. */
export function settle<T extends { id: number }>(shown: readonly T[], incoming: readonly T[]): T[] {
  const fresh = new Map(incoming.map((row) => [row.id, row]));
  const kept: T[] = [];
  for (const row of shown) {
    const now = fresh.get(row.id);
    if (now) kept.push(now);
    fresh.delete(row.id);
  }
  return [...kept, ...fresh.values()];
}
