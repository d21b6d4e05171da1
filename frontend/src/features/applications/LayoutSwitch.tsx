import { Columns3, type LucideIcon, PanelLeft, Rows3 } from "lucide-react";
import { Tooltip } from "@mantine/core";
import { en } from "@/i18n/en";
import classes from "./Toolbar.module.css";

export type Layout = "split" | "table" | "board";
const ICONS: Record<Layout, LucideIcon> = { split: PanelLeft, table: Rows3, board: Columns3 };

/** List with story, table or board: three looks at the same filtered applications. */
export function LayoutSwitch({ layout, without, onLayout }: { layout: Layout; without?: Layout; onLayout: (layout: Layout) => void }) {
  return (
    <div className={classes.switch} role="group" aria-label={en.layouts.label}>
      {(["split", "table", "board"] as const)
        .filter((each) => each !== without)
        .map((each) => {
          const Icon = ICONS[each];
          return (
            <Tooltip key={each} label={en.layouts[each]}>
              <button
                type="button"
                className={classes.layout}
                aria-pressed={each === layout}
                aria-label={en.layouts[each]}
                onClick={() => {
                  onLayout(each);
                }}
              >
                <Icon size={15} aria-hidden="true" />
              </button>
            </Tooltip>
          );
        })}
    </div>
  );
}
