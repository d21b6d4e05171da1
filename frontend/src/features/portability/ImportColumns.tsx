import { NativeSelect, Radio } from "@mantine/core";
import type { Stage, TableChoices, TablePreview, TableTarget } from "@/api/types";
import { en } from "@/i18n/en";
import { STAGES } from "@/lib/stages";
import classes from "./Portability.module.css";

interface Props {
  found: TablePreview;
  choices: TableChoices;
  onChange: (more: Partial<TableChoices>) => void;
}

const TARGETS = Object.entries(en.tableImport.targets) as [TableTarget, string][];
const SEVERAL: readonly (TableTarget | null)[] = ["notes", "tags", null];

/** What the columns hold, what the words of the status mean, and how dates are to be read. */
export function ImportColumns({ found, choices, onChange }: Props) {
  const dated = found.columns.find((column) => column.target?.endsWith("_at") && column.samples.length > 0);
  const setTarget = (index: number, target: TableTarget | null) => {
    const taken = (n: number, old: TableTarget | null) => (n !== index && old === target && !SEVERAL.includes(target) ? null : old);
    onChange({ columns: found.columns.map((column, n) => (n === index ? target : taken(n, column.target))) });
  };
  return (
    <>
      <h2 className={classes.heading}>{en.tableImport.columns}</h2>
      <ul className={classes.columns}>
        {found.columns.map((column, n) => (
          <li key={n} className={classes.column}>
            <div className={classes.columnText}>
              <p className={classes.label}>{column.name || en.tableImport.unnamed(n + 1)}</p>
              <p className={classes.samples}>{column.samples.join(" · ") || en.tableImport.nothingIn}</p>
            </div>
            <NativeSelect
              aria-label={en.tableImport.holds(column.name || en.tableImport.unnamed(n + 1))}
              value={column.target ?? ""}
              data={[{ value: "", label: en.tableImport.leftOut }, ...TARGETS.map(([value, label]) => ({ value, label }))]}
              onChange={(event) => {
                setTarget(n, (event.currentTarget.value || null) as TableTarget | null);
              }}
            />
          </li>
        ))}
      </ul>
      {found.words.length > 0 && (
        <>
          <h2 className={classes.heading}>{en.tableImport.words}</h2>
          <ul className={classes.columns}>
            {found.words.map(({ word, rows, stage }) => (
              <li key={word} className={classes.column}>
                <div className={classes.columnText}>
                  <p className={classes.label}>{word}</p>
                  <p className={classes.samples}>{en.tableImport.rows(rows)}</p>
                </div>
                <NativeSelect
                  aria-label={en.tableImport.means(word)}
                  value={stage ?? ""}
                  error={stage === null}
                  data={[{ value: "", label: en.tableImport.noStage }, ...STAGES.map((value) => ({ value, label: en.stages[value] }))]}
                  onChange={(event) => {
                    onChange({ stages: { ...choices.stages, [word]: (event.currentTarget.value || null) as Stage | null } });
                  }}
                />
              </li>
            ))}
          </ul>
        </>
      )}
      {(found.asks_date_order || choices.date_order !== null) && (
        <Radio.Group
          className={classes.dates}
          label={en.tableImport.dates(found.date_examples[0] ?? dated?.samples[0] ?? "")}
          value={found.date_order ?? ""}
          onChange={(order) => {
            onChange({ date_order: order as "dmy" | "mdy" });
          }}
        >
          <div className={classes.radios}>
            <Radio value="dmy" label={en.tableImport.dayFirst} />
            <Radio value="mdy" label={en.tableImport.monthFirst} />
          </div>
        </Radio.Group>
      )}
    </>
  );
}
