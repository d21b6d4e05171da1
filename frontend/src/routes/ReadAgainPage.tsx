import { Link } from "@tanstack/react-router";
import { ArrowLeft } from "lucide-react";
import { ReadAgain } from "@/features/reprocess/ReadAgain";
import { en } from "@/i18n/en";
import classes from "./Page.module.css";

export function ReadAgainPage() {
  return (
    <div className={classes.page}>
      <Link to="/settings" className={classes.back}>
        <ArrowLeft size={16} aria-hidden="true" />
        {en.again.back}
      </Link>
      <ReadAgain />
    </div>
  );
}
