import { Button } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { downloadArchive } from "@/api/portability/downloadArchive";
import { InlineProblem } from "@/components/States";
import { en } from "@/i18n/en";
import { sizeText } from "@/lib/sizes";
import classes from "./YourData.module.css";

/** Everything of the account as one file. How large it will be is not known before it is written. */
export function DownloadArchive() {
  const [bytes, setBytes] = useState<number | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const stop = useRef<AbortController | null>(null);
  useEffect(() => () => stop.current?.abort(), []);
  const begin = async () => {
    const controller = new AbortController();
    stop.current = controller;
    setBytes(0);
    setDone(null);
    setError(null);
    try {
      const { blob, name } = await downloadArchive(setBytes, controller.signal);
      save(blob, name);
      setDone(en.yourData.downloaded(name, sizeText(blob.size)));
    } catch (failure) {
      if (!controller.signal.aborted) setError(failure);
    }
    setBytes(null);
  };
  return (
    <>
      <p className={classes.lead}>{en.yourData.downloadLead}</p>
      <div className={classes.block}>
        <InlineProblem error={error} />
        <div className={classes.foot}>
          <Button variant="default" loading={bytes !== null} onClick={() => void begin()}>
            {en.yourData.download}
          </Button>
          {bytes !== null && (
            <>
              <span className={`${classes.hint} tabular`} role="status">
                {bytes === 0 ? en.yourData.preparing : en.yourData.arrived(sizeText(bytes))}
              </span>
              <Button
                variant="subtle"
                onClick={() => {
                  stop.current?.abort();
                  setBytes(null);
                }}
              >
                {en.actions.cancel}
              </Button>
            </>
          )}
          {done && (
            <span className={classes.hint} role="status">
              {done}
            </span>
          )}
        </div>
      </div>
    </>
  );
}

function save(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => {
    URL.revokeObjectURL(link.href);
  }, 60_000);
}
