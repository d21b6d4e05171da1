import { Button, Modal, Skeleton, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ApplicationFilter } from "@/api/applications/list";
import { sheetsQuery, useExportSheets } from "@/api/exports/sheets";
import { runsQuery } from "@/api/runs/list";
import type { SheetsStanding } from "@/api/types";
import { CopyField } from "@/components/CopyField";
import { RunProgress } from "@/components/RunProgress";
import { Failure, InlineProblem } from "@/components/States";
import { en } from "@/i18n/en";
import { isActive } from "@/lib/runs";
import classes from "./Portability.module.css";

interface Props {
  filter: ApplicationFilter;
  total: number | null;
  onClose: () => void;
}

/** One sheet of a Google spreadsheet, brought up to date with the shown applications. */
export function SheetsDialog({ filter, total, onClose }: Props) {
  const standing = useQuery(sheetsQuery);
  return (
    <Modal opened onClose={onClose} title={en.tables.sheetsTitle} size="34rem">
      {standing.data ? (
        standing.data.configured ? (
          <Form standing={standing.data} filter={filter} total={total} onClose={onClose} />
        ) : (
          <div className={classes.dialog}>
            <p>{en.tables.sheetsMissing}</p>
            <p className={classes.mild}>{en.tables.sheetsMissingHint}</p>
          </div>
        )
      ) : standing.error ? (
        <Failure error={standing.error} onRetry={() => void standing.refetch()} />
      ) : (
        <Skeleton height="10rem" />
      )}
    </Modal>
  );
}

function Form({ standing, filter, total, onClose }: Props & { standing: SheetsStanding }) {
  const start = useExportSheets();
  const { data: runs } = useQuery(runsQuery);
  const [address, setAddress] = useState(standing.spreadsheet ?? "");
  const [sheet, setSheet] = useState(standing.sheet);
  const jobId = start.data?.job_id ?? (standing.newest && isActive(standing.newest) ? standing.newest.job_id : null);
  const run = runs?.items.find((one) => one.job_id === jobId);
  const url = typeof run?.result.url === "string" ? run.result.url : null;
  return (
    <form
      className={classes.dialog}
      onSubmit={(event) => {
        event.preventDefault();
        start.mutate({ filter, spreadsheet: address.trim(), sheet: sheet.trim() || standing.sheet });
      }}
    >
      <p className={classes.mild}>{en.tables.sheetsText}</p>
      <div>
        <p className={classes.label}>{en.tables.sheetsShare}</p>
        <CopyField value={standing.share_with ?? ""} label={en.tables.sheetsShare} />
      </div>
      <TextInput
        required
        data-autofocus
        label={en.tables.sheetsAddress}
        placeholder={en.tables.sheetsPlaceholder}
        maxLength={500}
        value={address}
        onChange={(event) => {
          setAddress(event.currentTarget.value);
        }}
      />
      <TextInput
        label={en.tables.sheetsName}
        maxLength={100}
        value={sheet}
        onChange={(event) => {
          setSheet(event.currentTarget.value);
        }}
      />
      <InlineProblem error={start.error} />
      {run && isActive(run) && <RunProgress run={run} hideCounts />}
      {run?.state === "error" && <p className={classes.bad} role="alert">{run.error?.detail}</p>}
      {run?.state === "done" && (
        <p className={classes.good} role="status">
          {en.tables.sheetsDone(run.created, run.updated)}{" "}
          {url && (
            <a href={url} target="_blank" rel="noreferrer noopener">
              {en.tables.sheetsOpen}
            </a>
          )}
        </p>
      )}
      <div className={classes.buttons}>
        <Button variant="default" onClick={onClose}>
          {en.actions.close}
        </Button>
        <Button type="submit" loading={start.isPending} disabled={run !== undefined && isActive(run)}>
          {en.tables.sheetsStart(total)}
        </Button>
      </div>
    </form>
  );
}
