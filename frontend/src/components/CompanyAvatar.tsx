import { hueOf, initialsOf } from "@/lib/avatar";
import classes from "./CompanyAvatar.module.css";

const HUES = ["saved", "applied", "assessment", "interview", "offer", "accepted", "rejected", "withdrawn"] as const;

/** Initials on a quiet hue. No logo is ever fetched from anyone. */
export function CompanyAvatar({ name, large = false, small = false }: { name: string; large?: boolean; small?: boolean }) {
  const hue = HUES[hueOf(name)] ?? "saved";
  return (
    <span
      aria-hidden="true"
      className={classes.avatar}
      data-large={large || undefined}
      data-small={small || undefined}
      style={{ background: `var(--s-${hue}-bg)`, color: `var(--s-${hue})` }}
    >
      {initialsOf(name)}
    </span>
  );
}
