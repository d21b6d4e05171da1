import { Ban, Bookmark, CircleCheck, ClipboardList, Handshake, type LucideIcon, MessagesSquare, Send, XCircle } from "lucide-react";
import type { Stage } from "@/api/types";
import { en } from "@/i18n/en";
import classes from "./StageChip.module.css";

const ICONS: Record<Stage, LucideIcon> = {
  saved: Bookmark,
  applied: Send,
  assessment: ClipboardList,
  interview: MessagesSquare,
  offer: Handshake,
  accepted: CircleCheck,
  rejected: XCircle,
  withdrawn: Ban,
};

export function StageIcon({ stage, size = 14 }: { stage: Stage; size?: number }) {
  const Icon = ICONS[stage];
  return <Icon size={size} strokeWidth={2} aria-hidden="true" style={{ color: `var(--s-${stage})`, flex: "none" }} />;
}

/** A stage as icon and word, in its hue; the same everywhere. */
export function StageChip({ stage, large = false }: { stage: Stage; large?: boolean }) {
  const Icon = ICONS[stage];
  return (
    <span className={classes.chip} data-large={large || undefined} style={{ background: `var(--s-${stage}-bg)`, color: `var(--s-${stage})` }}>
      <Icon size={large ? 14 : 12} strokeWidth={2.2} aria-hidden="true" />
      {en.stages[stage]}
    </span>
  );
}
