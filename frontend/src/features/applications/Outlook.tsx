import { Hourglass } from "lucide-react";
import type { ApplicationDetail } from "@/api/types";
import { en } from "@/i18n/en";
import classes from "./Outlook.module.css";

type Known = NonNullable<ApplicationDetail["answer_outlook"]>;

/** What earlier waits say about this one, and what that rests on. */
export function Outlook({ outlook }: { outlook: Known }) {
  const words = en.story.outlook;
  const name =
    outlook.basis === "industry"
      ? (en.analytics.industries[outlook.label] ?? outlook.label).toLowerCase()
      : outlook.basis === "source"
        ? (words.bySource[outlook.label] ?? outlook.label)
        : "";
  return (
    <p className={classes.outlook}>
      <Hourglass size={15} strokeWidth={1.8} aria-hidden="true" className={classes.icon} />
      <span>
        {words.usually(words.like[outlook.basis](name), outlook.usually_within)} {words.still(outlook.waiting_days, outlook.still_percent)}{" "}
        <span className={classes.basis}>{outlook.basis === "prior" ? words.assumed : words.basis(outlook.n, outlook.answers)}</span>
      </span>
    </p>
  );
}
