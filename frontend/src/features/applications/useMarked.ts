import { useRef, useState } from "react";
import type { Application } from "@/api/types";
import type { Rows } from "./useApplications";

/** The applications that are marked for something to be done with all of them; forgotten when the list is another. */
export function useMarked(rows: Rows, list: string, between: (from: number, to: number) => Promise<Application[]>, onFailed: (error: unknown) => void) {
  const [ids, setIds] = useState<ReadonlySet<number>>(new Set());
  const [of, setOf] = useState(list);
  const last = useRef<number | null>(null);
  const asked = useRef(0);
  if (of !== list) {
    setOf(list);
    if (ids.size > 0) setIds(new Set());
  }
  const set = (next: ReadonlySet<number>) => {
    asked.current += 1;
    setIds(next);
  };
  /** Also those of the stretch that have never been in sight. */
  const add = (from: number, to: number) => {
    const mine = ++asked.current;
    between(from, to).then((found) => {
      // Whatever was marked or left since then is what the person wants.
      if (mine === asked.current) setIds((old) => new Set([...old, ...found.map((row) => row.id)]));
    }, onFailed);
  };
  const toggle = (id: number, range: boolean) => {
    const to = rows.findIndex((row) => row?.id === id);
    const from = range && last.current !== null ? rows.findIndex((row) => row?.id === last.current) : -1;
    last.current = id;
    if (from >= 0 && to >= 0) {
      add(Math.min(from, to), Math.max(from, to));
      return;
    }
    const next = new Set(ids);
    if (!next.delete(id)) next.add(id);
    set(next);
  };
  return {
    ids,
    toggle,
    toggleAll: () => {
      if (ids.size > 0 && ids.size >= rows.length) set(new Set());
      else if (rows.length > 0) add(0, rows.length - 1);
    },
    clear: () => {
      set(new Set());
    },
  };
}
