import { Tooltip } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./Part.module.css";

interface Props {
  /** Where the applications behind it are. */
  href?: string | null | undefined;
  /** What the pointer is told over it. */
  hint: string;
  /** Whether it holds no text of its own. */
  mute?: boolean;
  onOpen: (href: string) => void;
  children: ReactNode;
}

/** A part of a drawing: says what it is under the pointer, and leads to the applications behind it. */
export function Part({ href, hint, mute = false, onOpen, children }: Props) {
  return (
    <Tooltip.Floating label={hint} offset={14} multiline maw="22rem">
      {href ? (
        <a
          href={href}
          aria-label={mute ? hint : undefined}
          className={classes.link}
          onClick={(event) => {
            if (event.metaKey || event.ctrlKey || event.shiftKey) return;
            event.preventDefault();
            onOpen(href);
          }}
        >
          {children}
        </a>
      ) : (
        <g>{children}</g>
      )}
    </Tooltip.Floating>
  );
}
