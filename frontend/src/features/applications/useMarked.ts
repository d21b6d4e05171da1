import { useRef, useState } from "react";
import type { Application } from "@/api/types";

/** The applications that are marked for something to be done with all of them; forgotten when the list is another. */
export function useMarked(rows: readonly Application[], list: string) {
  const [ids, setIds] = useState<ReadonlySet<number>>(new Set());
  const [of, setOf] = useState(list);
  const last = useRef<number | null>(null);
  if (of !== list) {
    setOf(list);
    if (ids.size > 0) setIds(new Set());
  }
  const toggle = (id: number, range: boolean) => {
    const next = new Set(ids);
    const to = rows.findIndex((row) => row.id === id);
    const from = range && last.current !== null ? rows.findIndex((row) => row.id === last.current) : -1;
    if (from >= 0 && to >= 0) for (const row of rows.slice(Math.min(from, to), Math.max(from, to) + 1)) next.add(row.id);
    else if (!next.delete(id)) next.add(id);
    last.current = id;
    setIds(next);
  };
  return {
    ids,
    toggle,
    toggleAll: () => {
      setIds(rows.every((row) => ids.has(row.id)) ? new Set() : new Set(rows.map((row) => row.id)));
    },
    clear: () => {
      setIds(new Set());
    },
  };
}
