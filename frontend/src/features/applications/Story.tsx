import { ActionIcon, Button, Tooltip } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { ArrowLeft, ExternalLink, Maximize2, Minimize2, Pin, SearchX, X } from "lucide-react";
import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from "react";
import { applicationQuery } from "@/api/applications/one";
import { useMarkSeen } from "@/api/applications/seen";
import { timelineQuery } from "@/api/applications/timeline";
import { Problem } from "@/api/problem";
import type { ApplicationDetail } from "@/api/types";
import { CompanyAvatar } from "@/components/CompanyAvatar";
import { companyOf } from "@/components/ApplicationRow";
import { Empty, Failure } from "@/components/States";
import { When } from "@/components/When";
import { en } from "@/i18n/en";
import { since } from "@/lib/dates";
import { useKeys } from "@/lib/keys";
import { EditableField } from "./EditableField";
import { MailList } from "./MailList";
import { MoreMenu } from "./MoreMenu";
import { Outlook } from "./Outlook";
import { RelinkPicker } from "./PlaceMail";
import { StageMenu } from "./StageMenu";
import { StageTrack } from "./StageTrack";
import { StoryLines } from "./StorySkeleton";
import { Tags } from "./Tags";
import { Timeline } from "./Timeline";
import { useActions } from "./useActions";
import classes from "./Story.module.css";

const Details = lazy(async () => ({ default: (await import("./Details")).Details }));
const Notes = lazy(async () => ({ default: (await import("./Notes")).Notes }));

interface Props {
  id: number;
  full: boolean;
  /** The mail to open from the start. */
  mailId: number | null;
  onFull: (full: boolean) => void;
  /** What comes next for the application, and the ways on. */
  next: (application: ApplicationDetail, onShowMail: (emailId: number) => void) => ReactNode;
  /** Given where the story stands beside something that can have all the room. */
  onClose?: (() => void) | undefined;
  /** The application was put away or deleted. */
  onGone: () => void;
}
const SEEN_AFTER_MS = 1200;
type Tab = "story" | "mail" | "notes" | "details";
/** The mail that is open in the timeline: under which line, and lit where. */
export interface OpenMail {
  lineId: string | null;
  emailId: number;
}

/** One application as a story: what is next, then what happened, each line with the sentence it came from. */
export function Story({ id, full, mailId, onFull, next, onClose, onGone }: Props) {
  const { data, error, refetch } = useQuery(applicationQuery(id));
  if (error && !data) {
    const gone = error instanceof Problem && error.status === 404;
    return gone ? <Empty icon={SearchX} title={en.errors.notFound} detail={en.errors.notFoundDetail} /> : <Failure error={error} onRetry={() => void refetch()} />;
  }
  return (
    <div className={classes.scroller} data-full={full || undefined}>
      <div className={classes.column}>
        <div className={classes.tools}>
          {full && (
            <button
              type="button"
              className={classes.back}
              onClick={() => {
                onFull(false);
              }}
            >
              <ArrowLeft size={16} aria-hidden="true" />
              {en.applications.title}
            </button>
          )}
          <div className={classes.corner}>
            <Tooltip label={full ? en.applications.split : en.applications.full}>
              <ActionIcon
                className={classes.expand}
                aria-label={full ? en.applications.split : en.applications.full}
                onClick={() => {
                  onFull(!full);
                }}
              >
                {full ? <Minimize2 size={15} aria-hidden="true" /> : <Maximize2 size={15} aria-hidden="true" />}
              </ActionIcon>
            </Tooltip>
            {onClose && (
              <ActionIcon aria-label={en.actions.close} onClick={onClose}>
                <X size={16} aria-hidden="true" />
              </ActionIcon>
            )}
          </div>
        </div>
        {data ? <Loaded key={data.id} application={data} mailId={mailId} next={next} onGone={onGone} /> : <StoryLines />}
      </div>
    </div>
  );
}

function Loaded({ application: a, mailId, next, onGone }: { application: ApplicationDetail } & Pick<Props, "mailId" | "next" | "onGone">) {
  const [tab, setTab] = useState<Tab>("story");
  const [stageMenu, setStageMenu] = useState(false);
  const [relinking, setRelinking] = useState<number | null>(null);
  const client = useQueryClient();
  const actions = useActions(a, onGone);
  const { mutate: markSeen } = useMarkSeen();
  // Looked at is what stays open for a moment, not what j and k pass over.
  useEffect(() => {
    if (a.seen) return;
    const timer = setTimeout(() => {
      markSeen(a.id);
    }, SEEN_AFTER_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [a.id, a.seen, markSeen]);
  const head = useRef<HTMLElement>(null);
  const note = useRef<HTMLTextAreaElement>(null);
  const [mail, setMail] = useState<OpenMail | null>(mailId === null ? null : { lineId: null, emailId: mailId });
  useKeys({
    stage: () => {
      head.current?.scrollIntoView({ block: "nearest" });
      setStageMenu(true);
    },
    note: () => {
      setTab("notes");
      const look = (tries: number) => {
        if (note.current) note.current.focus();
        else if (tries > 0)
          setTimeout(() => {
            look(tries - 1);
          }, 50);
      };
      setTimeout(() => {
        look(40);
      });
    },
    relink: () => {
      const lines = client.getQueryData(timelineQuery(a.id).queryKey)?.pages.flatMap((page) => page.items) ?? [];
      setRelinking(mail?.emailId ?? lines.find((line) => line.email_id !== null)?.email_id ?? null);
    },
    archive: actions.archive,
    ...(mail
      ? {
          escape: () => {
            setMail(null);
          },
        }
      : {}),
  });
  const showMail = (emailId: number) => {
    setTab("story");
    setMail({ lineId: null, emailId });
  };
  const tabs: [Tab, string, number | null][] = [
    ["story", en.story.story, null],
    ["mail", en.story.mail, a.emails],
    ["notes", en.manage.notes, a.notes.length],
    ["details", en.story.details, null],
  ];
  const source = a.source ? en.applications.source[a.source] : "";
  return (
    <article aria-label={`${companyOf(a)}, ${a.job_title ?? ""}`}>
      <header className={classes.head} ref={head}>
        <CompanyAvatar name={companyOf(a)} large />
        <div className={classes.names}>
          <h2 className={classes.company}>
            <EditableField applicationId={a.id} field="company_name" value={a.company_name} placeholder={en.applications.unknownCompany} />
          </h2>
          <p className={classes.title}>
            <EditableField applicationId={a.id} field="job_title" value={a.job_title} placeholder={en.applications.unknownTitle} />
          </p>
          <p className={classes.facts}>
            <span>
              <EditableField applicationId={a.id} field="location" value={a.location} />
            </span>
            {a.pinned && (
              <span className={classes.link} title={en.manage.pinnedHint}>
                <Pin size={12} aria-hidden="true" />
                {en.manage.pinned}
              </span>
            )}
            {a.salary_text && <span>{a.salary_text}</span>}
            {source && <span>{source}</span>}
            {a.last_activity_at && (
              <span>
                {en.applications.newest.toLowerCase()} <When at={a.last_activity_at} text={since(a.last_activity_at)} />
              </span>
            )}
            {a.job_url && (
              <span>
                <a href={a.job_url} target="_blank" rel="noreferrer noopener" className={classes.link}>
                  {en.story.posting}
                  <ExternalLink size={12} aria-hidden="true" />
                </a>
              </span>
            )}
          </p>
          <Tags applicationId={a.id} tags={a.tags} />
        </div>
        <div className={classes.standing}>
          <StageMenu application={a} opened={stageMenu} onOpened={setStageMenu} />
          <MoreMenu application={a} actions={actions} />
        </div>
      </header>
      {(a.archived_at ?? a.deleted_at) !== null && (
        <p className={classes.away}>
          <span>{a.deleted_at ? en.manage.gone : en.manage.away}</span>
          <Button size="compact-sm" variant="default" onClick={actions.archive}>
            {en.manage.restore}
          </Button>
        </p>
      )}
      <StageTrack application={a} onShowMail={showMail} />
      {next(a, showMail)}
      {a.answer_outlook && <Outlook outlook={a.answer_outlook} />}
      <div className={classes.tabs} role="tablist" aria-label={en.story.tabs}>
        {tabs.map(([key, label, count]) => (
          <button
            key={key}
            type="button"
            role="tab"
            id={`tab-${key}`}
            aria-selected={tab === key}
            aria-controls="tab-panel"
            tabIndex={tab === key ? 0 : -1}
            className={classes.tab}
            onClick={() => {
              setTab(key);
            }}
            onKeyDown={(event) => {
              const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
              if (!step) return;
              const next = tabs[(tabs.findIndex(([k]) => k === key) + step + tabs.length) % tabs.length];
              if (!next) return;
              setTab(next[0]);
              document.getElementById(`tab-${next[0]}`)?.focus();
            }}
          >
            {label}
            {count !== null && <span className={classes.count}>{count}</span>}
          </button>
        ))}
      </div>
      <div role="tabpanel" id="tab-panel" aria-labelledby={`tab-${tab}`}>
        {tab === "story" && <Timeline application={a} mail={mail} onMail={setMail} />}
        {tab === "mail" && <MailList applicationId={a.id} />}
        <Suspense fallback={null}>
          {tab === "notes" && <Notes application={a} inputRef={note} />}
          {tab === "details" && <Details application={a} />}
        </Suspense>
      </div>
      {relinking !== null && (
        <RelinkPicker
          emailId={relinking}
          applicationId={a.id}
          onClose={() => {
            setRelinking(null);
          }}
        />
      )}
    </article>
  );
}
