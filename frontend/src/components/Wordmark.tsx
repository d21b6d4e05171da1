import { en } from "@/i18n/en";
import classes from "./Wordmark.module.css";

export function Wordmark({ small = false }: { small?: boolean }) {
  return (
    <span className={classes.mark}>
      <svg width="22" height="22" viewBox="0 0 32 32" aria-hidden="true">
        <rect width="32" height="32" rx="8" fill="var(--accent-fill)" />
        <path d="M8.5 23.5c0-4.5 3.2-5.6 7.5-7.5s7.5-3 7.5-7.5" fill="none" stroke="#fff" strokeWidth="2.6" strokeLinecap="round" />
        <circle cx="8.5" cy="23.5" r="2.6" fill="#fff" />
        <circle cx="23.5" cy="8.5" r="2.6" fill="var(--accent-fill)" stroke="#fff" strokeWidth="2.4" />
      </svg>
      <span className={small ? "visually-hidden" : undefined}>{en.name}</span>
    </span>
  );
}
