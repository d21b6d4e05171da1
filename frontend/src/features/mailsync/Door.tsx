import type { LucideIcon } from "lucide-react";
import type { DragEventHandler, ReactNode } from "react";
import classes from "./Door.module.css";

interface Props {
  icon: LucideIcon;
  name: string;
  /** What it is called by screen readers, where the shown name changes. */
  label?: string;
  text: string;
  cost: string;
  action: ReactNode;
  /** Below the text, over the whole width. */
  children?: ReactNode;
  over?: boolean;
  onDragOver?: DragEventHandler;
  onDragLeave?: DragEventHandler;
  onDrop?: DragEventHandler;
}

/** One way in for mail: what it is, what it costs, and its button. */
export function Door({ icon: Icon, name, label, text, cost, action, children, over = false, ...drag }: Props) {
  return (
    <section className={classes.door} data-over={over || undefined} aria-label={label ?? name} {...drag}>
      <Icon size={20} strokeWidth={1.6} aria-hidden="true" className={classes.icon} />
      <div className={classes.about}>
        <h3 className={classes.name}>{name}</h3>
        <p className={classes.text}>{text}</p>
        <p className={classes.cost}>{cost}</p>
      </div>
      {action && <div className={classes.action}>{action}</div>}
      {children && <div className={classes.below}>{children}</div>}
    </section>
  );
}
