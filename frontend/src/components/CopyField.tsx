import { Button } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { Check, Copy } from "lucide-react";
import { en } from "@/i18n/en";
import classes from "./CopyField.module.css";

export function CopyField({ label, value }: { label: string; value: string }) {
  const clipboard = useClipboard({ timeout: 2000 });
  return (
    <div className={classes.field}>
      <code className={classes.value} aria-label={label} tabIndex={0}>
        {value}
      </code>
      <Button
        variant="default"
        size="compact-sm"
        leftSection={clipboard.copied ? <Check size={14} aria-hidden="true" /> : <Copy size={14} aria-hidden="true" />}
        onClick={() => {
          clipboard.copy(value);
        }}
      >
        {clipboard.copied ? en.actions.copied : en.actions.copy}
      </Button>
    </div>
  );
}
