import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { ChevronDown, ChevronUp, Paperclip, ShieldCheck } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";
import { emailQuery } from "@/api/emails/one";
import type { EmailDetail } from "@/api/types";
import { en } from "@/i18n/en";
import { exact } from "@/lib/dates";
import { type Block, type Span, toBlocks, toPieces, touches, toUnits } from "@/lib/reader";
import { AfterAMoment, Failure } from "./States";
import classes from "./MailReader.module.css";

const ORIGINAL_HEAD =
  "<!doctype html><meta charset='utf-8'>" +
  "<meta http-equiv='Content-Security-Policy' content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\">" +
  "<style>html{color-scheme:light;background:#fff;color:#111;font:14px/1.5 system-ui,sans-serif}body{margin:12px;overflow-wrap:anywhere}img,table{max-width:100%}</style>";

/** One mail, readable: structure kept, quoted history folded, the deciding sentence lit and in view. */
export function MailReader({ id, focus }: { id: number; focus?: Span | null }) {
  const { data, error, refetch } = useQuery(emailQuery(id));
  if (error && !data) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!data) {
    return (
      <AfterAMoment>
        <div className={classes.paper} aria-label={en.email.loading}>
          <Skeleton width="60%" height="0.875rem" />
          <Skeleton width="35%" height="0.75rem" mt="0.5rem" />
          <Skeleton height="0.75rem" mt="1.5rem" />
          <Skeleton height="0.75rem" mt="0.5rem" />
          <Skeleton width="80%" height="0.75rem" mt="0.5rem" />
        </div>
      </AfterAMoment>
    );
  }
  return <Mail mail={data} focus={focus ?? null} />;
}

function Mail({ mail, focus }: { mail: EmailDetail; focus: Span | null }) {
  const text = mail.text;
  const deciding = (mail.verdict?.evidence ?? []).find((e) => e.label in en.reasons.names);
  const lit = useMemo(() => {
    const spans = focus ? [focus] : deciding?.field === "text" ? [deciding] : [];
    return toUnits(text, spans).filter((s) => s.end > s.start && s.end <= text.length);
  }, [deciding, text, focus]);
  const blocks = useMemo(() => toBlocks(text), [text]);
  const body = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const mark = body.current?.querySelector("mark");
    mark?.scrollIntoView({ block: "center", behavior: window.matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  }, [lit]);
  const [isOriginal, setIsOriginal] = useState(false);
  const original = mail.reader_html;
  const sender = mail.direction === "out" ? en.email.fromYou : (mail.sender_name || mail.sender_email);
  return (
    <article className={classes.paper} aria-label={mail.subject || en.email.noSubject}>
      <header className={classes.head}>
        <h4 className={classes.subject} dir="auto">
          {!focus && deciding?.field === "subject" ? <mark className={classes.lit}>{mail.subject}</mark> : mail.subject || en.email.noSubject}
        </h4>
        <p className={classes.meta}>
          <span className={classes.sender} dir="auto">
            {sender}
          </span>
          {mail.sender_name && mail.sender_email && mail.direction === "in" && <span className={classes.address}>{mail.sender_email}</span>}
          <time dateTime={mail.received_at} className={classes.date}>
            {exact(mail.received_at)}
          </time>
        </p>
      </header>
      {original !== null && isOriginal ? (
        <Original html={original} subject={mail.subject} />
      ) : (
      <div className={classes.body} ref={body} dir="auto">
        {blocks.length === 0 && <p className={classes.nothing}>{en.email.noText}</p>}
        {blocks.map((block) =>
          block.kind === "quote" ? (
            <Quote key={block.start} text={text} block={block} lit={lit} />
          ) : (
            <p key={block.start} className={classes.paragraph}>
              <Pieces text={text} block={block} lit={lit} />
            </p>
          ),
        )}
      </div>
      )}
      {(mail.attachments.length > 0 || mail.trackers_blocked > 0 || original !== null) && (
        <footer className={classes.foot}>
          {mail.attachments.map((file, i) => (
            <span key={i} className={classes.fact}>
              <Paperclip size={13} aria-hidden="true" />
              {file.name || file.type}
            </span>
          ))}
          {mail.trackers_blocked > 0 && (
            <span className={classes.fact}>
              <ShieldCheck size={13} aria-hidden="true" />
              {en.email.trackers(mail.trackers_blocked)}
            </span>
          )}
          {original !== null && (
            <button
              type="button"
              className={classes.turn}
              onClick={() => {
                setIsOriginal(!isOriginal);
              }}
            >
              {isOriginal ? en.email.reader : en.email.original}
            </button>
          )}
        </footer>
      )}
    </article>
  );
}

/**
 * The mail as its sender laid it out. The server has taken out whatever runs or loads; the frame has no origin, runs no
 * script, sends no form and, by its own policy, loads nothing either. Links open in a tab of their own.
 */
function Original({ html, subject }: { html: string; subject: string }) {
  return (
    <iframe
      className={classes.original}
      title={en.email.originalOf(subject || en.email.noSubject)}
      sandbox="allow-popups allow-popups-to-escape-sandbox"
      referrerPolicy="no-referrer"
      srcDoc={`${ORIGINAL_HEAD}${html}`}
    />
  );
}

function Quote({ text, block, lit }: { text: string; block: Block; lit: readonly Span[] }) {
  const [open, setOpen] = useState(() => touches(block, lit));
  const lines = text.slice(block.start, block.end).split("\n").length;
  return (
    <div>
      <button
        type="button"
        className={classes.fold}
        aria-expanded={open}
        onClick={() => {
          setOpen(!open);
        }}
      >
        {open ? <ChevronUp size={13} aria-hidden="true" /> : <ChevronDown size={13} aria-hidden="true" />}
        {open ? en.email.hideQuoted : en.email.quoted(lines)}
      </button>
      {open && (
        <blockquote className={classes.quote}>
          <Pieces text={text} block={block} lit={lit} />
        </blockquote>
      )}
    </div>
  );
}

function Pieces({ text, block, lit }: { text: string; block: Block; lit: readonly Span[] }) {
  return toPieces(text, block, lit).map((piece, i) => {
    if (piece.kind === "link") {
      const link = (
        <a key={i} href={piece.href} target="_blank" rel="noreferrer noopener nofollow">
          {piece.text}
        </a>
      );
      return piece.lit ? (
        <mark key={i} className={classes.lit}>
          {link}
        </mark>
      ) : (
        link
      );
    }
    if (piece.kind === "mark") {
      return (
        <mark key={i} className={classes.lit}>
          {piece.text}
        </mark>
      );
    }
    return piece.text;
  });
}
