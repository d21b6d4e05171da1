import { Button, Checkbox } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { TableChoices, TableFate, TablePreview, TableRow } from "@/api/types";
import { StageChip } from "@/components/StageChip";
import { en } from "@/i18n/en";
import { day } from "@/lib/dates";
import classes from "./Portability.module.css";

interface Props {
  found: TablePreview;
  choices: TableChoices;
  onChange: (more: Partial<TableChoices>) => void;
}

const FATES: readonly TableFate[] = ["new", "duplicate", "known", "bad", "left_out"];
const AT_FIRST = 100;

/** What each row becomes, with what speaks against it. */
export function ImportRows({ found, choices, onChange }: Props) {
  const [only, setOnly] = useState<TableFate | null>(null);
  const [shown, setShown] = useState(AT_FIRST);
  const rows = found.rows.filter((row) => only === null || row.fate === only);
  const twins = found.rows.some((row) => row.twin !== null && row.fate !== "bad");
  const leave = (number: number, out: boolean) => {
    onChange({ leave_out: out ? [...choices.leave_out, number] : choices.leave_out.filter((one) => one !== number) });
  };
  return (
    <>
      <div className={classes.counts} role="group" aria-label={en.tableImport.filter}>
        <button type="button" className={classes.count} aria-pressed={only === null} onClick={() => { setOnly(null); }}>
          {en.tableImport.all(found.total)}
        </button>
        {FATES.filter((fate) => found.counts[fate] > 0).map((fate) => (
          <button key={fate} type="button" className={classes.count} data-fate={fate} aria-pressed={only === fate} onClick={() => { setOnly(fate); }}>
            {en.tableImport.fates[fate](found.counts[fate])}
          </button>
        ))}
      </div>
      {twins && (
        <Checkbox
          label={en.tableImport.addDuplicates}
          checked={choices.duplicates === "add"}
          onChange={(event) => {
            onChange({ duplicates: event.currentTarget.checked ? "add" : "skip" });
          }}
        />
      )}
      <ul className={classes.rows} aria-label={en.tableImport.preview}>
        {rows.slice(0, shown).map((row) => (
          <OneRow key={row.number} row={row} onLeave={leave} />
        ))}
      </ul>
      {rows.length > shown && (
        <Button variant="subtle" onClick={() => { setShown(shown + 400); }}>
          {en.tableImport.more(rows.length - shown)}
        </Button>
      )}
    </>
  );
}

function OneRow({ row, onLeave }: { row: TableRow; onLeave: (number: number, out: boolean) => void }) {
  const name = row.company_name ?? en.tableImport.row(row.number);
  const date = row.applied_at ?? row.begun_at;
  const chooses = row.fate === "new" || row.fate === "left_out";
  return (
    <li className={classes.row} data-fate={row.fate}>
      <span className={`${classes.number} tabular`}>{row.number}</span>
      <div className={classes.rowText}>
        <p className={classes.rowHead}>
          <span className={classes.label}>{name}</span>
          {row.job_title && <span className={classes.mild}>{row.job_title}</span>}
        </p>
        {row.problems.concat(row.warnings).map((text) => (
          <p key={text} className={row.problems.includes(text) ? classes.problem : classes.samples}>
            {text}
          </p>
        ))}
        {row.same_as_row !== null && <p className={classes.samples}>{en.tableImport.sameAs(row.same_as_row)}</p>}
        {row.twin && row.fate !== "known" && (
          <p className={classes.samples}>
            {en.tableImport.twin}{" "}
            <Link to="/applications/$applicationId" params={{ applicationId: row.twin.application_id }} target="_blank">
              {[row.twin.company_name, row.twin.job_title].filter(Boolean).join(", ")}
            </Link>
          </p>
        )}
      </div>
      <span className={classes.rowFacts}>
        {row.stage && row.fate !== "bad" && <StageChip stage={row.stage} />}
        {date && row.fate !== "bad" && <span className={`${classes.mild} tabular`}>{day(date)}</span>}
      </span>
      {chooses ? (
        <Checkbox
          aria-label={en.tableImport.take(name)}
          checked={row.fate === "new"}
          onChange={(event) => {
            onLeave(row.number, !event.currentTarget.checked);
          }}
        />
      ) : (
        <span className={classes.fate}>{en.tableImport.fate[row.fate]}</span>
      )}
    </li>
  );
}
