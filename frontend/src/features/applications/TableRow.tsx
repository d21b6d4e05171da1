import { Checkbox, Skeleton } from "@mantine/core";
import { CircleHelp, Pin } from "lucide-react";
import type { MouseEvent, ReactNode } from "react";
import type { Application } from "@/api/types";
import { companyOf, titleOf } from "@/components/ApplicationRow";
import { CompanyAvatar } from "@/components/CompanyAvatar";
import { StageChip } from "@/components/StageChip";
import { When } from "@/components/When";
import { en } from "@/i18n/en";
import { day, due } from "@/lib/dates";
import type { ColumnKey, ColumnKind } from "./columns";
import classes from "./Table.module.css";

interface Props {
  /** Undefined while it is being loaded. */
  row: Application | undefined;
  index: number;
  start: number;
  size: number;
  columns: readonly ColumnKind[];
  selected: boolean;
  marked: boolean;
  markLabel: string;
  onMark: (event: MouseEvent | null) => void;
  onSelect: (id: number) => void;
  onPrefetch: (id: number) => void;
}

/** One application as a row; a click on it opens its story beside the table. */
export function TableRow({ row, index, start, size, columns, selected, marked, markLabel, onMark, onSelect, onPrefetch }: Props) {
  const style = { transform: `translateY(${start}px)`, height: size };
  if (!row) {
    return (
      <div className={classes.row} style={style} aria-hidden="true">
        <span />
        {columns.map(({ key }) => (
          <span key={key} className={classes.cell}>
            <Skeleton height="0.75rem" width="70%" />
          </span>
        ))}
      </div>
    );
  }
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className={classes.row}
      style={style}
      data-selected={selected || undefined}
      data-marked={marked || undefined}
      onPointerEnter={() => {
        onPrefetch(row.id);
      }}
      onClick={(event) => {
        if (event.target instanceof Element && event.target.closest("a,input,label")) return;
        onSelect(row.id);
      }}
    >
      <span role="cell" className={classes.mark}>
        <Checkbox size="xs" aria-label={markLabel} checked={marked} onClick={onMark} onChange={() => undefined} />
      </span>
      {columns.map(({ key }) => (
        <span key={key} role="cell" className={classes.cell} data-column={key}>
          {key === "company" ? (
            <a
              href={`/applications/${row.id}`}
              data-row
              className={classes.company}
              aria-current={selected ? "true" : undefined}
              onClick={(event) => {
                if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
                event.preventDefault();
                onSelect(row.id);
              }}
            >
              <CompanyAvatar name={companyOf(row)} small />
              <span className={classes.ellipsis} dir="auto">
                {companyOf(row)}
              </span>
              {!row.seen && <span className={classes.dot} role="img" aria-label={en.applications.unseen} />}
              {row.pinned && <Pin size={12} role="img" aria-label={en.manage.pinned} className={classes.mild} />}
              {row.needs_review && <CircleHelp size={13} role="img" aria-label={en.applications.needsReview} className={classes.mild} />}
            </a>
          ) : (
            contentOf(key, row)
          )}
        </span>
      ))}
    </div>
  );
}

const text = (value: string | null): ReactNode => value && <span dir="auto">{value}</span>;

function contentOf(key: ColumnKey, row: Application): ReactNode {
  switch (key) {
    case "title":
      return row.job_title ? text(row.job_title) : <em className={classes.mild}>{titleOf(row)}</em>;
    case "stage":
      return <StageChip stage={row.stage} />;
    case "days":
      return en.board.days(row.days_in_stage);
    case "next": {
      const when = row.next_action?.due_at ? due(row.next_action.due_at) : null;
      return (
        row.next_action && (
          <span className={classes.next}>
            <span className={classes.ellipsis} dir="auto">
              {row.next_action.title}
            </span>
            {when && (
              <span className={classes.due} data-late={when.late || undefined}>
                {when.text}
              </span>
            )}
          </span>
        )
      );
    }
    case "tags":
      return row.tags.join(", ");
    case "location":
      return text(row.location);
    case "salary":
      return text(row.salary_text);
    case "source":
      return en.applications.source[row.source];
    case "emails":
      return row.emails;
    case "applied":
      return row.applied_at && <When at={row.applied_at} text={day(row.applied_at)} />;
    case "received":
      return <When at={row.received_date} text={day(row.received_date)} />;
    case "activity":
      return <When at={row.last_activity_at} />;
    default:
      return null;
  }
}
