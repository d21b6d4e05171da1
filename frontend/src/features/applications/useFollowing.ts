import type { Virtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import type { Rows } from "./useApplications";

/** Keeps what is chosen in sight, and shows another list from its start. */
export function useFollowing(virtual: Virtualizer<HTMLDivElement, Element>, rows: Rows, selectedId: number | null, list: string): void {
  const shown = useRef(list);
  useEffect(() => {
    if (shown.current === list) return;
    shown.current = list;
    virtual.scrollToOffset(0);
  }, [list, virtual]);
  const selectedIndex = selectedId === null ? -1 : rows.findIndex((row) => row?.id === selectedId);
  const followed = useRef<number | null>(null);
  const loaded = rows.length > 0;
  useEffect(() => {
    // Followed when it is chosen, and not when it is fetched or moved by new mail later: the person may have scrolled on.
    if (!loaded || followed.current === selectedId) return;
    followed.current = selectedId;
    if (selectedIndex >= 0) virtual.scrollToIndex(selectedIndex, { align: "auto" });
  }, [loaded, selectedIndex, selectedId, virtual]);
}
