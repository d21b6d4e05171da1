import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { previewQuery, useImportTable } from "@/api/imports/table";
import type { TableChoices } from "@/api/types";
import { InlineProblem } from "@/components/States";
import { en } from "@/i18n/en";
import { ImportColumns } from "./ImportColumns";
import { ImportDone } from "./ImportDone";
import { ImportFile } from "./ImportFile";
import { ImportRows } from "./ImportRows";
import classes from "./Portability.module.css";

type Step = "file" | "columns" | "rows" | "done";
const STEPS: readonly Step[] = ["file", "columns", "rows", "done"];
const NOTHING_SAID: TableChoices = { columns: null, stages: null, date_order: null, duplicates: "skip", leave_out: [] };

/** Another tracker's table, from the file to applications: what the columns mean, what each row becomes, and undo. */
export function ImportWizard() {
  const [step, setStep] = useState<Step>("file");
  const [file, setFile] = useState<File | null>(null);
  const [choices, setChoices] = useState(NOTHING_SAID);
  const preview = useQuery(previewQuery(file, choices));
  const load = useImportTable();
  const found = file && !preview.error ? preview.data : undefined;
  const change = (more: Partial<TableChoices>) => {
    setChoices((old) => ({ ...old, ...more }));
  };
  const restart = () => {
    setFile(null);
    setChoices(NOTHING_SAID);
    load.reset();
    setStep("file");
  };
  const hasCompany = found?.columns.some((column) => column.target === "company_name") ?? false;
  const isReady = hasCompany && !found?.asks_date_order;
  return (
    <div className={classes.wizard}>
      <ol className={classes.steps} aria-label={en.tableImport.steps}>
        {STEPS.map((one) => (
          <li key={one} aria-current={one === step ? "step" : undefined} data-passed={STEPS.indexOf(one) < STEPS.indexOf(step) || undefined}>
            {en.tableImport.stepNames[one]}
          </li>
        ))}
      </ol>
      {step === "file" && (
        <ImportFile
          file={file}
          isReading={preview.isFetching}
          onFile={(chosen) => {
            setChoices(NOTHING_SAID);
            setFile(chosen);
          }}
        />
      )}
      {step === "file" && <InlineProblem error={file ? preview.error : null} />}
      {step === "file" && found && (
        <div className={classes.buttons}>
          <Button
            disabled={preview.isFetching}
            onClick={() => {
              setStep("columns");
            }}
          >
            {en.actions.continue}
          </Button>
        </div>
      )}
      {step === "columns" && found && (
        <>
          <ImportColumns found={found} choices={choices} onChange={change} />
          <InlineProblem error={preview.error} />
          {!isReady && (
            <p className={classes.bad} role="status">
              {hasCompany ? en.tableImport.needsOrder : en.tableImport.needsCompany}
            </p>
          )}
          <div className={classes.buttons}>
            <Button variant="default" onClick={restart}>
              {en.tableImport.another}
            </Button>
            <Button
              disabled={!isReady || preview.isFetching}
              onClick={() => {
                setStep("rows");
              }}
            >
              {en.tableImport.toRows}
            </Button>
          </div>
        </>
      )}
      {step === "columns" && !found && <InlineProblem error={preview.error} />}
      {step === "rows" && found && file && (
        <>
          <ImportRows found={found} choices={choices} onChange={change} />
          <InlineProblem error={load.error ?? preview.error} />
          <div className={classes.buttons}>
            <Button
              variant="default"
              onClick={() => {
                setStep("columns");
              }}
            >
              {en.actions.back}
            </Button>
            <Button
              loading={load.isPending}
              disabled={found.counts.new + found.counts.known === 0 || preview.isFetching}
              onClick={() => {
                load.mutate(
                  { file, choices },
                  {
                    onSuccess: () => {
                      setStep("done");
                    },
                  },
                );
              }}
            >
              {en.tableImport.start(found.counts.new)}
            </Button>
          </div>
        </>
      )}
      {step === "done" && load.data && <ImportDone jobId={load.data.job_id} onAgain={restart} />}
    </div>
  );
}
