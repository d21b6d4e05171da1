import { Button, UnstyledButton } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { ChevronDown } from "lucide-react";
import { useState } from "react";
import type { Agenda, News as OneNews, Stage } from "@/api/types";
import { StageIcon } from "@/components/StageChip";
import { When } from "@/components/When";
import { en } from "@/i18n/en";
import { companyName } from "./links";
import classes from "./Today.module.css";

const ORDER = ["offer", "interview", "assessment", "rejected", "applied"] as const;

/** "3 rejections, 1 interview": how often each thing happened, the weightiest first. */
export function countNews(news: readonly OneNews[]): string {
  return ORDER.map((what) => [what, news.filter((one) => one.what === what).length] as const)
    .filter(([, n]) => n > 0)
    .map(([what, n]) => en.today.newsParts[what](n))
    .join(", ");
}

/** What happened since the person last looked, in one sentence that opens. */
export function News({ agenda, day, onSeen, pending }: { agenda: Agenda; day: string; onSeen: () => void; pending: boolean }) {
  const [open, setOpen] = useState(false);
  if (agenda.news.length === 0) return null;
  return (
    <section className={classes.news} aria-label={en.today.newsTitle}>
      <div className={classes.newsHead}>
        <UnstyledButton
          className={classes.newsToggle}
          aria-expanded={open}
          onClick={() => {
            setOpen(!open);
          }}
        >
          <ChevronDown size={16} aria-hidden="true" className={classes.chevron} data-open={open || undefined} />
          <span>{en.today.news(day, countNews(agenda.news))}</span>
        </UnstyledButton>
        <Button variant="subtle" size="compact-sm" loading={pending} onClick={onSeen}>
          {en.today.markSeen}
        </Button>
      </div>
      {open && (
        <ul className={classes.newsList}>
          {agenda.news.map((one) => (
            <li key={`${one.application_id}${one.what}`}>
              <StageIcon stage={one.what as Stage} size={14} />
              <Link to="/applications/$applicationId" params={{ applicationId: one.application_id }} className={classes.title}>
                {companyName(one)}
              </Link>
              <span className={classes.names}>{one.job_title ?? ""}</span>
              <span className={classes.when}>
                <When at={one.at} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
