import { Button, Loader } from "@mantine/core";
import { FileSpreadsheet } from "lucide-react";
import { useRef, useState } from "react";
import { en } from "@/i18n/en";
import { sizeText } from "@/lib/sizes";
import classes from "./Portability.module.css";

interface Props {
  file: File | null;
  isReading: boolean;
  onFile: (file: File) => void;
}

/** The file, chosen or dropped. */
export function ImportFile({ file, isReading, onFile }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  return (
    <div
      className={classes.drop}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => {
        setOver(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const dropped = event.dataTransfer.files[0];
        if (dropped) onFile(dropped);
      }}
    >
      <FileSpreadsheet size={22} strokeWidth={1.6} aria-hidden="true" />
      <div className={classes.dropText}>
        <p className={classes.label}>{file ? file.name : en.tableImport.choose}</p>
        <p className={classes.mild}>{file ? sizeText(file.size) : en.tableImport.chooseHint}</p>
      </div>
      {isReading && <Loader size={18} aria-label={en.tableImport.reading} />}
      <Button
        variant={file ? "default" : "filled"}
        onClick={() => {
          input.current?.click();
        }}
      >
        {file ? en.tableImport.another : en.tableImport.button}
      </Button>
      <input
        ref={input}
        type="file"
        className="visually-hidden"
        tabIndex={-1}
        aria-label={en.tableImport.button}
        accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values"
        onChange={(event) => {
          const chosen = event.currentTarget.files?.[0];
          event.currentTarget.value = "";
          if (chosen) onFile(chosen);
        }}
      />
    </div>
  );
}
