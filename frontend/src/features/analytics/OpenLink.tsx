import type { ReactNode } from "react";
import classes from "./OpenLink.module.css";

/** A way to the applications that something is said about. */
export function OpenLink({ href, onOpen, children }: { href: string; onOpen: (href: string) => void; children: ReactNode }) {
  return (
    <a
      href={href}
      className={classes.link}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        onOpen(href);
      }}
    >
      {children}
    </a>
  );
}
