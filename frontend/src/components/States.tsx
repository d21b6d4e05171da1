import { Button } from "@mantine/core";
import type { LucideIcon } from "lucide-react";
import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { useEffect, useState } from "react";
import { sentenceOf } from "@/api/problem";
import { en } from "@/i18n/en";
import classes from "./States.module.css";

interface EmptyProps {
  icon: LucideIcon;
  title: string;
  detail?: string;
  children?: ReactNode;
}

/** Nothing here: says what will be, and offers the next step. */
export function Empty({ icon: Icon, title, detail, children }: EmptyProps) {
  return (
    <div className={classes.state}>
      <span className={classes.icon}>
        <Icon size={20} strokeWidth={1.75} aria-hidden="true" />
      </span>
      <p className={classes.title}>{title}</p>
      {detail && <p className={classes.detail}>{detail}</p>}
      {children && <div className={classes.action}>{children}</div>}
    </div>
  );
}

/** Something failed to load: what happened, and one button. */
export function Failure({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  return (
    <div className={classes.state} role="alert">
      <span className={classes.icon} data-danger>
        <TriangleAlert size={20} strokeWidth={1.75} aria-hidden="true" />
      </span>
      <p className={classes.title}>{en.errors.load}</p>
      <p className={classes.detail}>{sentenceOf(error)}</p>
      {onRetry && (
        <div className={classes.action}>
          <Button variant="default" onClick={onRetry}>
            {en.actions.retry}
          </Button>
        </div>
      )}
    </div>
  );
}

/** A failure beside a form or button. */
export function InlineProblem({ error }: { error: unknown }) {
  if (!error) return null;
  return (
    <p className={classes.inline} role="alert">
      <TriangleAlert size={16} strokeWidth={2} aria-hidden="true" />
      <span>{sentenceOf(error)}</span>
    </p>
  );
}

/** Shows its children only when waiting takes long enough to be noticed. */
export function AfterAMoment({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => {
      setShown(true);
    }, 150);
    return () => {
      clearTimeout(timer);
    };
  }, []);
  return <div style={{ visibility: shown ? "visible" : "hidden" }}>{children}</div>;
}
