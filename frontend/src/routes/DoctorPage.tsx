import { Link } from "@tanstack/react-router";
import { ArrowLeft } from "lucide-react";
import { Doctor } from "@/features/mailsync/Doctor";
import { en } from "@/i18n/en";
import classes from "./Page.module.css";

export function DoctorPage() {
  return (
    <div className={classes.page}>
      <Link to="/mail" className={classes.back}>
        <ArrowLeft size={16} aria-hidden="true" />
        {en.doctor.back}
      </Link>
      <Doctor />
    </div>
  );
}
