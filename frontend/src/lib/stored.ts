import { useState } from "react";

/** A small preference of this browser, such as a width. A value that can't be read counts as not set. */
export function useStored<T>(key: string, initial: T): [T, (value: T) => void] {
  const name = `jobtrail.${key}`;
  const [value, setValue] = useState<T>(() => {
    try {
      const text = localStorage.getItem(name);
      return text === null ? initial : (JSON.parse(text) as T);
    } catch {
      return initial;
    }
  });
  const store = (next: T) => {
    setValue(next);
    try {
      localStorage.setItem(name, JSON.stringify(next));
    } catch {
      // Storage may be full or forbidden; the choice then lasts as long as the page.
    }
  };
  return [value, store];
}
