import { Button, CopyButton } from "@mantine/core";
import { Check, Copy, Download } from "lucide-react";
import { en } from "@/i18n/en";
import classes from "./Security.module.css";

/** The codes, this once: to copy or to keep as a file. */
export function RecoveryCodes({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  const text = codes.join("\n");
  const save = () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([`${en.security.codesFile}\n\n${text}\n`], { type: "text/plain" }));
    link.download = "jobtrail-recovery-codes.txt";
    link.click();
    URL.revokeObjectURL(link.href);
  };
  return (
    <div className={classes.dialog}>
      <p>{en.security.codesText}</p>
      <ul className={classes.codes} aria-label={en.security.codes}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className={classes.foot}>
        <Button onClick={onDone}>{en.security.codesKept}</Button>
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy} leftSection={copied ? <Check size={14} aria-hidden="true" /> : <Copy size={14} aria-hidden="true" />}>
              {copied ? en.actions.copied : en.actions.copy}
            </Button>
          )}
        </CopyButton>
        <Button variant="default" onClick={save} leftSection={<Download size={14} aria-hidden="true" />}>
          {en.security.codesSave}
        </Button>
      </div>
    </div>
  );
}
