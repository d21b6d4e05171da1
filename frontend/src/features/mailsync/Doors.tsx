import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { KeyRound, Mailbox, Sparkle } from "lucide-react";
import { useState } from "react";
import { useAddDemo } from "@/api/mail/demo";
import { gmailHealthQuery, GMAIL_CONNECT } from "@/api/mail/gmailHealth";
import { Problem } from "@/api/problem";
import { InlineProblem } from "@/components/States";
import { en } from "@/i18n/en";
import { rememberConnecting } from "./connecting";
import { Door } from "./Door";
import { FileDoor } from "./FileDoor";
import { GmailSetup } from "./GmailSetup";
import { ImapForm } from "./ImapForm";
import classes from "./Doors.module.css";

/** The run that was going already when another was asked for. */
function runIdOf(error: unknown): string | null {
  const id = error instanceof Problem && error.code === "run.already_active" ? error.params.job_id : null;
  return typeof id === "string" ? id : null;
}

interface Props {
  onStarted: (jobId: string) => void;
  withDemo?: boolean;
  /** Whether one of them is what the page is for. */
  first?: boolean;
}

/** The ways mail comes in, each with what it costs. */
export function Doors({ onStarted, withDemo = true, first = false }: Props) {
  return (
    <div className={classes.doors}>
      <ImapDoor first={first} onStarted={onStarted} />
      <FileDoor onStarted={onStarted} />
      <GmailDoor />
      {withDemo && <DemoDoor onStarted={onStarted} />}
    </div>
  );
}

function ImapDoor({ first, onStarted }: { first: boolean; onStarted: (jobId: string) => void }) {
  const [open, setOpen] = useState(false);
  return (
    <Door
      icon={KeyRound}
      name={en.doors.imap}
      text={en.doors.imapText}
      cost={en.doors.imapCost}
      action={
        <Button
          variant={first ? "filled" : "default"}
          onClick={() => {
            setOpen(true);
          }}
        >
          {en.doors.imapAction}
        </Button>
      }
    >
      <ImapForm
        opened={open}
        onStarted={onStarted}
        onClose={() => {
          setOpen(false);
        }}
      />
    </Door>
  );
}

function GmailDoor() {
  const { data } = useQuery(gmailHealthQuery);
  const [setup, setSetup] = useState(false);
  const ready = data?.gmail_configured ?? false;
  return (
    <Door
      icon={Mailbox}
      name={en.doors.gmail}
      text={en.doors.gmailText}
      cost={ready ? en.doors.gmailCost : en.doors.gmailSetupCost}
      action={
        ready ? (
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
        )
      }
    >
      <GmailSetup
        opened={setup}
        onClose={() => {
          setSetup(false);
        }}
      />
    </Door>
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
    <Door
      icon={Sparkle}
      name={en.doors.demo}
      text={en.doors.demoText}
      cost={en.doors.demoCost}
      action={
        <Button variant="default" loading={add.isPending} onClick={start}>
          {en.doors.demoAdd}
        </Button>
      }
    >
      {add.error && !runIdOf(add.error) && <InlineProblem error={add.error} />}
    </Door>
  );
}
