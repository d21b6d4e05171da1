import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { FileArchive, Mailbox, Sparkle, UploadCloud } from "lucide-react";
import { type DragEvent, useRef, useState } from "react";
import { useAddDemo } from "@/api/mail/demo";
import { gmailHealthQuery, GMAIL_CONNECT } from "@/api/mail/gmailHealth";
import { useImportMail } from "@/api/mail/importMail";
import { Problem } from "@/api/problem";
import { Bar } from "@/components/Bar";
import { InlineProblem } from "@/components/States";
import { en } from "@/i18n/en";
import { GmailSetup } from "./GmailSetup";
import { rememberConnecting } from "./connecting";
import classes from "./Doors.module.css";

/** The run that was started, or the one that was already going. */
function runIdOf(error: unknown): string | null {
  const id = error instanceof Problem && error.code === "run.already_active" ? error.params.job_id : null;
  return typeof id === "string" ? id : null;
}

interface Props {
  onStarted: (jobId: string) => void;
  withDemo?: boolean;
}

/** The ways mail comes in, each with what it costs. */
export function Doors({ onStarted, withDemo = true }: Props) {
  return (
    <div className={classes.doors}>
      <FileDoor onStarted={onStarted} />
      <div className={classes.pair} data-single={!withDemo || undefined}>
        <GmailDoor />
        {withDemo && <DemoDoor onStarted={onStarted} />}
      </div>
    </div>
  );
}

function FileDoor({ onStarted }: { onStarted: (jobId: string) => void }) {
  const [share, setShare] = useState(0);
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const send = useImportMail(setShare);
  const take = (file: File | undefined) => {
    if (!file) return;
    setShare(0);
    send.mutate(file, {
      onSuccess: ({ job_id }) => {
        onStarted(job_id);
      },
      onError: (error) => {
        const running = runIdOf(error);
        if (running) onStarted(running);
      },
    });
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files[0]);
  };
  return (
    <section
      className={classes.drop}
      data-over={over || undefined}
      aria-label={en.doors.file}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => {
        setOver(false);
      }}
      onDrop={drop}
    >
      <UploadCloud size={24} strokeWidth={1.5} aria-hidden="true" className={classes.dropIcon} />
      <div className={classes.dropText}>
        <h3 className={classes.name}>{over ? en.doors.fileDropNow : en.doors.file}</h3>
        <p className={classes.text}>{en.doors.fileText}</p>
        <p className={classes.cost}>{en.doors.fileCost}</p>
      </div>
      <div className={classes.dropAction}>
        {send.isPending ? (
          <div className={classes.sending}>
            <p>{en.doors.fileSending(share)}</p>
            <Bar percent={share * 100} label={en.doors.fileSending(share)} />
          </div>
        ) : (
          <>
            <Button
              onClick={() => {
                input.current?.click();
              }}
            >
              {en.doors.fileChoose}
            </Button>
            <span className={classes.or}>{en.doors.fileDrop}</span>
          </>
        )}
        <input
          ref={input}
          type="file"
          className="visually-hidden"
          tabIndex={-1}
          aria-label={en.doors.fileChoose}
          accept=".mbox,.zip,.tgz,.gz,.eml,application/mbox,application/zip,message/rfc822"
          onChange={(event) => {
            take(event.currentTarget.files?.[0]);
            event.currentTarget.value = "";
          }}
        />
      </div>
      {send.error && !runIdOf(send.error) && (
        <div className={classes.problem}>
          <InlineProblem error={send.error} />
        </div>
      )}
      <p className={classes.hint}>
        <FileArchive size={13} aria-hidden="true" />
        {en.doors.fileHint}
      </p>
    </section>
  );
}

function GmailDoor() {
  const { data } = useQuery(gmailHealthQuery);
  const [setup, setSetup] = useState(false);
  const ready = data?.gmail_configured ?? false;
  return (
    <section className={classes.door} aria-label={en.doors.gmail}>
      <Mailbox size={20} strokeWidth={1.6} aria-hidden="true" className={classes.icon} />
      <h3 className={classes.name}>{en.doors.gmail}</h3>
      <p className={classes.text}>{en.doors.gmailText}</p>
      <p className={classes.cost}>{ready ? en.doors.gmailCost : en.doors.gmailSetupCost}</p>
      {ready ? (
        <Button component="a" href={GMAIL_CONNECT} variant="default" onClick={rememberConnecting}>
          {en.doors.gmailConnect}
        </Button>
      ) : (
        <Button
          variant="default"
          onClick={() => {
            setSetup(true);
          }}
        >
          {en.doors.gmailSetUp}
        </Button>
      )}
      <GmailSetup
        opened={setup}
        onClose={() => {
          setSetup(false);
        }}
      />
    </section>
  );
}

function DemoDoor({ onStarted }: { onStarted: (jobId: string) => void }) {
  const add = useAddDemo();
  const start = () => {
    add.mutate(undefined, {
      onSuccess: ({ job_id }) => {
        onStarted(job_id);
      },
      onError: (error) => {
        const running = runIdOf(error);
        if (running) onStarted(running);
      },
    });
  };
  return (
    <section className={classes.door} aria-label={en.doors.demo}>
      <Sparkle size={20} strokeWidth={1.6} aria-hidden="true" className={classes.icon} />
      <h3 className={classes.name}>{en.doors.demo}</h3>
      <p className={classes.text}>{en.doors.demoText}</p>
      <p className={classes.cost}>{en.doors.demoCost}</p>
      {add.error && !runIdOf(add.error) && <InlineProblem error={add.error} />}
      <Button variant="default" loading={add.isPending} onClick={start}>
        {en.doors.demoAdd}
      </Button>
    </section>
  );
}
