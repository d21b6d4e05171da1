import { Button, Modal } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { meQuery } from "@/api/auth/me";
import { doctorQuery } from "@/api/doctor";
import { gmailHealthQuery, GMAIL_CONNECT } from "@/api/mail/gmailHealth";
import { CopyField } from "@/components/CopyField";
import { en } from "@/i18n/en";
import { ClientFile } from "./ClientFile";
import { rememberConnecting } from "./connecting";
import { FindingLine } from "./FindingLine";
import classes from "./GmailSetup.module.css";

const REDIRECT_STEP = 4;
const FILE_STEP = 5;
const LOOK_EVERY_MS = 3000;

/** How to get a Google client: six steps, the exact redirect address, and a check. */
export function GmailSetup({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  // It notices by itself when the file is there, and then what the doctor says about it.
  const health = useQuery({ ...gmailHealthQuery, enabled: opened, refetchInterval: ({ state }) => (opened && !state.data?.gmail_configured ? LOOK_EVERY_MS : false) });
  const ready = health.data?.gmail_configured ?? false;
  const { data: me } = useQuery(meQuery);
  const doctor = useQuery({ ...doctorQuery, staleTime: 0, enabled: opened && ready });
  const findings = (doctor.data?.items ?? []).filter(({ code }) => code.startsWith("google."));
  const redirect = `${window.location.origin}/api/gmail/callback`;
  return (
    <Modal opened={opened} onClose={onClose} title={en.gmailSetup.title} size="34rem" closeButtonProps={{ "aria-label": en.actions.close }}>
      <p className={classes.lead}>{en.gmailSetup.lead}</p>
      <ol className={classes.steps}>
        {en.gmailSetup.steps.map(([name, text], i) => (
          <li key={name} className={classes.step}>
            <span className={classes.number} aria-hidden="true">
              {i + 1}
            </span>
            <div className={classes.body}>
              <h3 className={classes.name}>{name}</h3>
              <p className={classes.text}>
                {text}{" "}
                {en.gmailSetup.links[i] && (
                  <a className={classes.link} href={en.gmailSetup.links[i]} target="_blank" rel="noreferrer noopener" aria-label={`${en.gmailSetup.open}: ${name}`}>
                    {en.gmailSetup.open}
                  </a>
                )}
              </p>
              {i === FILE_STEP && !ready && me?.is_admin && <ClientFile />}
              {i === REDIRECT_STEP && <CopyField label={en.gmailSetup.redirectLabel} value={redirect} />}
            </div>
          </li>
        ))}
      </ol>
      {ready && findings.length > 0 && (
        <ul className={classes.findings} aria-label={en.doctor.title}>
          {findings.map((finding) => (
            <FindingLine key={finding.code} finding={finding} />
          ))}
        </ul>
      )}
      <div className={classes.foot}>
        <p role="status" className={classes.status}>
          {health.data ? (ready ? en.gmailSetup.ready : en.gmailSetup.missing) : ""}
        </p>
        {ready ? (
          <Button component="a" href={GMAIL_CONNECT} onClick={rememberConnecting}>
            {en.doors.gmailConnect}
          </Button>
        ) : (
          <Button onClick={() => void health.refetch()}>
            {en.gmailSetup.check}
          </Button>
        )}
      </div>
    </Modal>
  );
}
