import { Link, useSearch } from "@tanstack/react-router";
import { Check } from "@/features/review/Check";
import { Questions } from "@/features/review/Questions";
import { en } from "@/i18n/en";
import classes from "./Page.module.css";

/** What Jobtrail asks instead of guessing, and a way to see how right it is where it doesn't ask. */
export function ReviewPage() {
  const { check } = useSearch({ from: "/framed/review" });
  return (
    <div className={classes.page}>
      <div className={classes.line}>
        <h1>{check ? en.review.checkTitle : en.review.title}</h1>
        {check ? (
          <Link to="/review" className={classes.aside}>
            {en.review.checkBack}
          </Link>
        ) : (
          <Link to="/review" search={{ check: true }} className={classes.aside}>
            {en.review.checkTitle}
          </Link>
        )}
      </div>
      {check ? <Check /> : <Questions />}
    </div>
  );
}
