import { Button } from "@mantine/core";
import { RefreshCw, Sparkles } from "lucide-react";
import type { ReprocessPreview, ReprocessRequest } from "@/api/types";
import { en } from "@/i18n/en";
import classes from "./ReadAgain.module.css";

interface Props {
  preview: ReprocessPreview;
  busy: boolean;
  onStart: (request: ReprocessRequest) => void;
}
const words = en.again;

/** When reading again is worth it: after an upgrade, and after a model could not be asked. */
export function Offers({ preview, busy, onStart }: Props) {
  return (
    <>
      {preview.outdated > 0 && (
        <div className={classes.offer}>
          <RefreshCw size={18} strokeWidth={1.75} aria-hidden="true" />
          <div>
            <p className={classes.offerTitle}>{words.outdatedTitle}</p>
            <p>{words.outdated(preview.outdated)}</p>
          </div>
          <Button
            variant="default"
            disabled={busy}
            onClick={() => {
              onStart({ older_than_version: preview.pipeline_version, preview: true });
            }}
          >
            {words.outdatedAction}
          </Button>
        </div>
      )}
      {preview.missed > 0 && (
        <div className={classes.offer}>
          <Sparkles size={18} strokeWidth={1.75} aria-hidden="true" />
          <div>
            <p className={classes.offerTitle}>{words.missedTitle}</p>
            <p>{words.missed(preview.missed)}</p>
          </div>
          <Button
            variant="default"
            disabled={busy}
            onClick={() => {
              onStart({ missed: true, preview: true });
            }}
          >
            {words.missedAction}
          </Button>
        </div>
      )}
    </>
  );
}
