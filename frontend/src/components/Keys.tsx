import { Fragment } from "react";
import { en } from "@/i18n/en";
import classes from "./Keys.module.css";

const isMac = (): boolean => navigator.platform.startsWith("Mac");
const nameOf = (key: string): string => {
  if (key.startsWith("Mod+")) return `${isMac() ? "⌘" : "Ctrl "}${key.slice(4).toUpperCase()}`;
  return en.keys.names[key as keyof typeof en.keys.names] ?? key;
};

/** The keys of a shortcut, one after the other. */
export function Keys({ keys }: { keys: readonly string[] }) {
  return keys.map((key, i) => (
    <Fragment key={key}>
      {i > 0 && <span className={classes.then}>{en.keys.then}</span>}
      <kbd className={classes.key}>{nameOf(key)}</kbd>
    </Fragment>
  ));
}
