import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { FileArchive, FileUp } from "lucide-react";
import { type DragEvent, useEffect, useRef, useState } from "react";
import { removeUpload, uploadsQuery } from "@/api/mail/uploads";
import type { Upload } from "@/api/types";
import { Bar } from "@/components/Bar";
import { InlineProblem } from "@/components/States";
import { useToasts } from "@/components/Toaster";
import { en } from "@/i18n/en";
import { sizeText } from "@/lib/sizes";
import { Door } from "./Door";
import { forgetUpload } from "./uploadNotes";
import type { Sending } from "./uploadQueue";
import { useUploads } from "./UploadContext";
import classes from "./FileDoor.module.css";

/** A mail file of any size, chosen or dropped: sent in pieces, and gone on with after an interruption. */
export function FileDoor({ onStarted }: { onStarted: (jobId: string) => void }) {
  const { queue, sending } = useUploads();
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const { data: unfinished } = useQuery(uploadsQuery);
  useEffect(() => queue.watch(onStarted), [queue, onStarted]);
  const take = (files: FileList | null) => {
    if (files && files.length > 0) queue.start([...files]);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files);
  };
  const busy = sending !== null && !sending.error;
  const waiting = (unfinished?.items ?? []).filter(({ id }) => id !== sending?.id);
  return (
    <Door
      icon={FileUp}
      name={over ? en.doors.fileDropNow : en.doors.file}
      label={en.doors.file}
      text={en.doors.fileText}
      cost={en.doors.fileCost}
      over={over}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => {
        setOver(false);
      }}
      onDrop={drop}
      action={
        busy ? null : (
          <>
            <Button
              variant="default"
              onClick={() => {
                input.current?.click();
              }}
            >
              {en.doors.fileChoose}
            </Button>
            <span className={classes.or}>{en.doors.fileDrop}</span>
          </>
        )
      }
    >
      <input
        ref={input}
        type="file"
        multiple
        className="visually-hidden"
        tabIndex={-1}
        aria-label={en.doors.fileChoose}
        accept=".mbox,.zip,.tgz,.gz,.eml,application/mbox,application/zip,message/rfc822"
        onChange={(event) => {
          take(event.currentTarget.files);
          event.currentTarget.value = "";
        }}
      />
      {sending && <SendingLines sending={sending} />}
      {!busy && waiting.map((upload) => <Unfinished key={upload.id} upload={upload} />)}
      {!sending && waiting.length === 0 && (
        <p className={classes.hint}>
          <FileArchive size={13} aria-hidden="true" />
          {en.doors.fileHint}
        </p>
      )}
    </Door>
  );
}

function SendingLines({ sending: { file, how, progress, queued, error } }: { sending: Sending }) {
  const { queue } = useUploads();
  const sliced = how === "slice";
  const done = sliced ? progress.read : progress.sent;
  const percent = file.size === 0 ? 0 : Math.min(100, (done / file.size) * 100);
  const arrived = done >= file.size && file.size > 0;
  const shown = sizeText(done);
  const holdup = { connection: en.upload.noConnection, import: en.upload.otherImport, none: null }[progress.holdup ?? "none"];
  const told = [
    sliced && en.upload.cuttingSent(sizeText(progress.sent)),
    arrived && !holdup && !error && en.upload.finishing,
    queued > 0 && en.upload.more(queued),
  ].filter(Boolean);
  return (
    <div className={classes.sending}>
      <div className={classes.line}>
        <p className="tabular">{(sliced ? en.upload.cutting : en.upload.whole)(file.name, shown, sizeText(file.size))}</p>
        {Boolean(error) && (
          <Button size="compact-sm" onClick={queue.goOn}>
            {en.upload.goOn}
          </Button>
        )}
        <Button variant="default" size="compact-sm" onClick={queue.cancel}>
          {en.upload.cancel}
        </Button>
      </div>
      <Bar percent={percent} label={en.upload.label(file.name)} />
      <p className={classes.told}>{told.join(". ")}</p>
      {holdup && (
        <p className={classes.holdup} role="status">
          {holdup}
        </p>
      )}
      <InlineProblem error={error} />
    </div>
  );
}

function Unfinished({ upload }: { upload: Upload }) {
  const toasts = useToasts();
  const { refetch } = useQuery(uploadsQuery);
  const [leaving, setLeaving] = useState(false);
  const giveUp = async () => {
    setLeaving(true);
    try {
      await removeUpload(upload.id);
      forgetUpload(upload.id);
      toasts.say(en.upload.givenUp(upload.name));
    } catch (error) {
      toasts.fail(error);
    }
    await refetch();
  };
  return (
    <div className={classes.unfinished}>
      <p>
        {en.upload.unfinished(upload.name, sizeText(upload.offset))} {en.upload.unfinishedHint}
      </p>
      <Button variant="subtle" size="compact-sm" loading={leaving} onClick={() => void giveUp()}>
        {en.upload.giveUp}
      </Button>
    </div>
  );
}
