import { Button } from "@mantine/core";
import { FileKey } from "lucide-react";
import { type DragEvent, useRef, useState } from "react";
import { useKeepGmailClient } from "@/api/mail/gmailClient";
import { InlineProblem } from "@/components/States";
import { en } from "@/i18n/en";
import classes from "./ClientFile.module.css";

/** Far more than Google's file has. */
const MOST_BYTES = 100_000;

/** Takes the client file from Google, chosen or dropped. */
export function ClientFile() {
  const keep = useKeepGmailClient();
  const [over, setOver] = useState(false);
  const [unreadable, setUnreadable] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const take = async (file: File | undefined) => {
    if (!file) return;
    keep.reset();
    const found = file.size <= MOST_BYTES ? readObject(await file.text()) : null;
    setUnreadable(found === null);
    if (found) keep.mutate(found);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void take(event.dataTransfer.files[0]);
  };
  return (
    <div
      className={classes.zone}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => {
        setOver(false);
      }}
      onDrop={drop}
    >
      <FileKey size={18} strokeWidth={1.75} aria-hidden="true" className={classes.icon} />
      <p className={classes.text}>{over ? en.gmailSetup.dropNow : en.gmailSetup.drop}</p>
      <Button variant="default" size="compact-sm" loading={keep.isPending} onClick={() => input.current?.click()}>
        {en.gmailSetup.choose}
      </Button>
      <input
        ref={input}
        type="file"
        className="visually-hidden"
        tabIndex={-1}
        aria-label={en.gmailSetup.choose}
        accept=".json,application/json"
        onChange={(event) => {
          void take(event.currentTarget.files?.[0]);
          event.currentTarget.value = "";
        }}
      />
      {unreadable && (
        <p className={classes.problem} role="alert">
          {en.gmailSetup.unreadable}
        </p>
      )}
      <InlineProblem error={keep.error} />
    </div>
  );
}

function readObject(text: string): Record<string, unknown> | null {
  try {
    const found: unknown = JSON.parse(text);
    return typeof found === "object" && found !== null && !Array.isArray(found) ? (found as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
