import { FocusTrap } from "@mantine/core";
import { type PointerEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { en } from "@/i18n/en";
import classes from "./Sheet.module.css";

interface Props {
  label: string;
  onClose: () => void;
  children: ReactNode;
}

const ENOUGH_PX = 110;

/** On a phone: comes up from the bottom over what was there, and goes back down by its handle, Escape or a tap beside it. */
export function Sheet({ label, onClose, children }: Props) {
  const [pulled, setPulled] = useState(0);
  const from = useRef<number | null>(null);
  const close = useRef(onClose);
  useEffect(() => {
    close.current = onClose;
  });
  useEffect(() => {
    const before = document.activeElement;
    return () => {
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, []);
  const move = (event: PointerEvent) => {
    if (from.current !== null) setPulled(Math.max(0, event.clientY - from.current));
  };
  const up = () => {
    if (pulled > ENOUGH_PX) close.current();
    from.current = null;
    setPulled(0);
  };
  return (
    <div className={classes.cover}>
      <div className={classes.beside} aria-hidden="true" onClick={onClose} />
      <FocusTrap active>
        <section
          role="dialog"
          data-keys
          aria-modal="true"
          aria-label={label}
          className={classes.sheet}
          data-pulled={pulled > 0 || undefined}
          style={pulled > 0 ? { transform: `translateY(${pulled}px)` } : undefined}
        >
          <button
            type="button"
            className={classes.handle}
            aria-label={en.actions.close}
            data-autofocus
            onClick={onClose}
            onPointerDown={(event) => {
              event.currentTarget.setPointerCapture(event.pointerId);
              from.current = event.clientY;
            }}
            onPointerMove={move}
            onPointerUp={up}
            onPointerCancel={up}
          />
          <div className={classes.body}>{children}</div>
        </section>
      </FocusTrap>
    </div>
  );
}
