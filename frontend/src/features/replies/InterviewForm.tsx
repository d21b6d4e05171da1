import { Anchor, Button, Modal, Select, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { CircleCheck } from "lucide-react";
import { useState } from "react";
import { meQuery } from "@/api/auth/me";
import { useRevokeDecisions } from "@/api/applications/revokeDecision";
import { calendarQuery } from "@/api/calendar/get";
import { useChangeInterview } from "@/api/interviews/change";
import { useRemoveInterview } from "@/api/interviews/remove";
import { useSchedule } from "@/api/interviews/schedule";
import { useWriteToGoogle } from "@/api/interviews/toGoogle";
import type { Interview, InterviewPatch, Scheduled } from "@/api/types";
import { InlineProblem } from "@/components/States";
import { useToasts } from "@/components/Toaster";
import { en } from "@/i18n/en";
import { browserZone } from "@/lib/dates";
import { fromField, isZone, toField } from "@/lib/zones";
import { parsePeople, peopleText } from "./people";
import classes from "./Forms.module.css";

const ZONES = Intl.supportedValuesOf("timeZone");
const LENGTHS = ["15", "30", "45", "60", "90", "120", "180", "240"];
const MINUTE = 60_000;

interface Props {
  applicationId: number;
  /** The one to change; null: a new one. */
  interview: Interview | null;
  onClose: () => void;
}

export function InterviewForm(props: Props) {
  const title = props.interview ? en.interview.titleEdit : en.interview.titleNew;
  return (
    <Modal opened onClose={props.onClose} title={title} size="34rem" closeButtonProps={{ "aria-label": en.actions.close }}>
      <Form {...props} />
    </Modal>
  );
}

function Form({ applicationId, interview, onClose }: Props) {
  const me = useQuery(meQuery).data;
  const home = me?.time_zone ?? browserZone();
  const own = interview?.time_zone;
  const [zone, setZone] = useState(own && isZone(own) ? own : home);
  const [title, setTitle] = useState(interview ? (interview.title ?? "") : en.interview.whatDefault);
  const [round, setRound] = useState(interview?.round ?? "");
  const [begins, setBegins] = useState(interview?.starts_at ? toField(interview.starts_at, zone) : "");
  const before = interview?.starts_at && interview.ends_at ? String(Math.round((Date.parse(interview.ends_at) - Date.parse(interview.starts_at)) / MINUTE)) : "60";
  const [length, setLength] = useState(before);
  const [place, setPlace] = useState(interview?.place ?? "");
  const [people, setPeople] = useState(peopleText(interview?.people ?? []));
  const [description, setDescription] = useState(interview?.description ?? "");
  const [prep, setPrep] = useState(interview?.prep_notes ?? "");
  const [tried, setTried] = useState(false);
  const [made, setMade] = useState<Scheduled | null>(null);
  const schedule = useSchedule(applicationId);
  const change = useChangeInterview(applicationId);
  const remove = useRemoveInterview(applicationId);
  const revoke = useRevokeDecisions();
  const toasts = useToasts();
  const startsAt = fromField(begins, zone);

  const undoable = (said: string, decisionId: number) => {
    toasts.say(said, () => {
      revoke.mutate([decisionId], { onError: toasts.fail });
    });
    onClose();
  };
  const save = () => {
    setTried(true);
    if (!startsAt) return;
    const minutes = Number(length);
    if (!interview) {
      schedule.mutate(
        {
          calendar_event_at: startsAt,
          duration_minutes: minutes,
          title: title.trim() || en.interview.whatDefault,
          time_zone: zone,
          ...(round.trim() && { round: round.trim() }),
          ...(place.trim() && { location: place.trim() }),
          ...(description.trim() && { description }),
          ...(people.trim() && { people: parsePeople(people) }),
        },
        { onSuccess: setMade },
      );
      return;
    }
    const wanted: InterviewPatch = {
      starts_at: startsAt,
      ends_at: new Date(Date.parse(startsAt) + minutes * MINUTE).toISOString(),
      time_zone: zone,
      title: title.trim() || null,
      round: round.trim() || null,
      place: place.trim() || null,
      description: description || null,
      people: parsePeople(people),
      prep_notes: prep || null,
    };
    const changed = onlyChanged(wanted, interview);
    if (Object.keys(changed).length === 0) {
      onClose();
      return;
    }
    change.mutate(
      { id: interview.id, change: changed },
      {
        onSuccess: ({ decision_id }) => {
          undoable(en.interview.saved, decision_id);
        },
      },
    );
  };
  if (made) return <Made made={made} applicationId={applicationId} onClose={onClose} />;
  const canceled = interview?.state === "canceled";
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      {interview && interview.email_id !== null && <p className={classes.hint}>{en.interview.fromMail}</p>}
      <div className={classes.pair}>
        <TextInput label={en.interview.what} value={title} maxLength={200} placeholder={en.interview.whatDefault} onChange={(e) => { setTitle(e.currentTarget.value); }} data-autofocus={!interview || undefined} />
        <TextInput label={en.interview.round} value={round} maxLength={100} placeholder={en.interview.roundHint} onChange={(e) => { setRound(e.currentTarget.value); }} />
      </div>
      <div className={classes.pair}>
        <TextInput
          type="datetime-local"
          label={en.interview.when}
          value={begins}
          error={tried && !startsAt ? en.interview.whenWrong : undefined}
          onChange={(e) => { setBegins(e.currentTarget.value); }}
        />
        <Select
          label={en.interview.length}
          data={[...new Set([...LENGTHS, length])].sort((a, b) => Number(a) - Number(b)).map((n) => ({ value: n, label: en.interview.minutes(Number(n)) }))}
          value={length}
          allowDeselect={false}
          onChange={(next) => { if (next) setLength(next); }}
        />
      </div>
      <Select
        label={en.interview.zone}
        data={ZONES.includes(zone) ? ZONES : [zone, ...ZONES]}
        value={zone}
        searchable
        limit={60}
        allowDeselect={false}
        onChange={(next) => { if (next) setZone(next); }}
      />
      <TextInput label={en.interview.place} value={place} maxLength={2000} onChange={(e) => { setPlace(e.currentTarget.value); }} />
      <Textarea label={en.interview.people} description={en.interview.peopleHint} autosize minRows={1} maxRows={6} value={people} onChange={(e) => { setPeople(e.currentTarget.value); }} />
      <Textarea label={en.interview.description} description={en.interview.descriptionHint} autosize minRows={2} maxRows={8} value={description} onChange={(e) => { setDescription(e.currentTarget.value); }} />
      {interview && (
        <Textarea label={en.interview.prep} description={en.interview.prepHint} autosize minRows={3} maxRows={12} value={prep} onChange={(e) => { setPrep(e.currentTarget.value); }} />
      )}
      <InlineProblem error={schedule.error ?? change.error ?? remove.error} />
      <div className={classes.foot}>
        <Button type="submit" loading={schedule.isPending || change.isPending}>
          {interview ? en.actions.save : en.interview.save}
        </Button>
        {interview && (
          <>
            <Button component="a" href={`/api/applications/${applicationId}/interviews/${interview.id}.ics`} variant="default">
              {en.interview.download}
            </Button>
            <ToGoogle applicationId={applicationId} interviewId={interview.id} />
            <Button
              variant="subtle"
              className={classes.apart}
              onClick={() => {
                change.mutate(
                  { id: interview.id, change: { state: canceled ? "scheduled" : "canceled" } },
                  {
                    onSuccess: ({ decision_id }) => {
                      undoable(en.interview.saved, decision_id);
                    },
                  },
                );
              }}
            >
              {canceled ? en.interview.revive : en.interview.cancel}
            </Button>
            <Button
              variant="subtle"
              color="red"
              onClick={() => {
                remove.mutate(interview.id, {
                  onSuccess: ({ decision_id }) => {
                    undoable(en.interview.removed, decision_id);
                  },
                });
              }}
            >
              {en.interview.remove}
            </Button>
          </>
        )}
      </div>
    </form>
  );
}

/** Writes the stored interview into Google's calendar, over an older version of it there. */
function ToGoogle({ applicationId, interviewId }: { applicationId: number; interviewId: number }) {
  const calendar = useQuery(calendarQuery).data;
  const write = useWriteToGoogle(applicationId);
  const toasts = useToasts();
  if (calendar?.google !== "allowed") return null;
  return (
    <Button
      variant="default"
      loading={write.isPending}
      onClick={() => {
        write.mutate(interviewId, {
          onSuccess: (google) => {
            toasts.say([en.interview.google[google.state], google.problem].filter(Boolean).join(" "));
          },
          onError: toasts.fail,
        });
      }}
    >
      {en.interview.toGoogle}
    </Button>
  );
}

/** Stored: the file for any calendar, and what became of it at Google. */
function Made({ made, applicationId, onClose }: { made: Scheduled; applicationId: number; onClose: () => void }) {
  const write = useWriteToGoogle(applicationId);
  const google = write.data ?? made.google;
  return (
    <div className={classes.done} role="status">
      <CircleCheck size={20} aria-hidden="true" className={classes.good} />
      <p>
        <strong>{en.interview.scheduled}.</strong> {en.interview.google[google.state]} {google.problem ?? ""}{" "}
        {google.consent_path && <Anchor href={google.consent_path}>{en.interview.allow}</Anchor>}
      </p>
      <InlineProblem error={write.error} />
      <div className={classes.foot}>
        <Button component="a" href={made.ics_path} variant="default">
          {en.interview.download}
        </Button>
        {google.state === "written" && google.link && (
          <Button component="a" href={google.link} target="_blank" rel="noreferrer noopener" variant="default">
            {en.interview.calendarPage}
          </Button>
        )}
        {google.state === "failed" && (
          <Button
            variant="default"
            loading={write.isPending}
            onClick={() => {
              write.mutate(made.interview.id);
            }}
          >
            {en.interview.again}
          </Button>
        )}
        <Button onClick={onClose}>{en.actions.close}</Button>
      </div>
    </div>
  );
}

/** Only what differs: what the person did not touch stays the mail's to say. */
function onlyChanged(wanted: InterviewPatch, now: Interview): InterviewPatch {
  const same = (name: keyof InterviewPatch): boolean => {
    const [a, b] = [wanted[name], now[name]];
    if (name === "starts_at" || name === "ends_at") return typeof a === "string" && typeof b === "string" && Date.parse(a) === Date.parse(b);
    return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
  };
  const changed = Object.fromEntries(Object.entries(wanted).filter(([name]) => !same(name as keyof InterviewPatch))) as InterviewPatch;
  const noEndBefore = now.ends_at === null && !("starts_at" in changed);
  if (noEndBefore) delete changed.ends_at;
  return changed;
}
