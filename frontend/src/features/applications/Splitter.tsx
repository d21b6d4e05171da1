import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import { en } from "@/i18n/en";
import classes from "./Splitter.module.css";

export const MIN_LIST = 300;
export const MAX_LIST = 760;
const STEP = 24;
const clamp = (width: number): number => Math.min(MAX_LIST, Math.max(MIN_LIST, Math.round(width)));

interface Props {
  width: number;
  /** True when what has the width stands to the right of the line. */
  fromRight?: boolean;
  onResize: (width: number) => void;
}

/** The line between list and story; dragged, or moved with the arrow keys. */
export function Splitter({ width, fromRight = false, onResize }: Props) {
  const sign = fromRight ? -1 : 1;
  const start = useRef<{ x: number; width: number } | null>(null);
  const down = (event: PointerEvent<HTMLDivElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = { x: event.clientX, width };
  };
  const move = (event: PointerEvent<HTMLDivElement>) => {
    if (start.current) onResize(clamp(start.current.width + sign * (event.clientX - start.current.x)));
  };
  const up = () => {
    start.current = null;
  };
  const key = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    onResize(clamp(width + sign * step));
  };
  return (
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={fromRight ? en.applications.resizeStory : en.applications.resize}
      aria-valuemin={MIN_LIST}
      aria-valuemax={MAX_LIST}
      aria-valuenow={width}
      tabIndex={0}
      className={classes.splitter}
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={up}
      onPointerCancel={up}
      onKeyDown={key}
    />
  );
}
