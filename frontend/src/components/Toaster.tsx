import { Button, CloseButton } from "@mantine/core";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from "react";
import { sentenceOf } from "@/api/problem";
import { en } from "@/i18n/en";
import { useKeys } from "@/lib/keys";
import classes from "./Toaster.module.css";

interface Toast {
  id: number;
  text: string;
  bad: boolean;
  undo?: () => void;
}
interface Toasts {
  say: (text: string, undo?: () => void) => void;
  fail: (error: unknown) => void;
}

const LIFE_MS = 8000;
const MOST = 3;
const Context = createContext<Toasts | null>(null);

export function useToasts(): Toasts {
  const toasts = useContext(Context);
  if (!toasts) throw new Error("useToasts needs a Toaster above it");
  return toasts;
}

/** Says what happened, with undo where there is one. `z` undoes the newest. */
export function Toaster({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<Toast[]>([]);
  const ids = useRef(0);
  const drop = useCallback((id: number) => {
    setShown((all) => all.filter((t) => t.id !== id));
  }, []);
  const add = useCallback((toast: Omit<Toast, "id">) => {
    const id = ++ids.current;
    setShown((all) => [...all.slice(1 - MOST), { ...toast, id }]);
  }, []);
  const toasts = useMemo<Toasts>(
    () => ({
      say: (text, undo) => {
        add({ text, undo, bad: false });
      },
      fail: (error) => {
        add({ text: sentenceOf(error), bad: true });
      },
    }),
    [add],
  );
  const undoNewest = () => {
    const newest = shown.findLast((t) => t.undo);
    if (!newest) return;
    newest.undo?.();
    drop(newest.id);
  };
  useKeys(shown.some((toast) => toast.undo) ? { undo: undoNewest } : {});

  return (
    <Context.Provider value={toasts}>
      {children}
      <div className={classes.stack} role="status" aria-live="polite">
        {shown.map((toast) => (
          <OneToast key={toast.id} toast={toast} onDrop={drop} />
        ))}
      </div>
    </Context.Provider>
  );
}

function OneToast({ toast, onDrop }: { toast: Toast; onDrop: (id: number) => void }) {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => {
      onDrop(toast.id);
    }, LIFE_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [held, onDrop, toast.id]);
  const hold = (on: boolean) => () => {
    setHeld(on);
  };
  return (
    <div className={classes.toast} data-bad={toast.bad || undefined} onMouseEnter={hold(true)} onMouseLeave={hold(false)} onFocus={hold(true)} onBlur={hold(false)}>
      <span className={classes.text}>{toast.text}</span>
      {toast.undo && (
        <Button
          size="compact-sm"
          variant="transparent"
          className={classes.undo}
          onClick={() => {
            toast.undo?.();
            onDrop(toast.id);
          }}
        >
          {en.actions.undo}
        </Button>
      )}
      <CloseButton
        size="sm"
        className={classes.close}
        aria-label={en.actions.dismiss}
        onClick={() => {
          onDrop(toast.id);
        }}
      />
    </div>
  );
}
