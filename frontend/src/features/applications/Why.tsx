import type { Why as Reasons } from "@/api/types";
import { en } from "@/i18n/en";
import { PlaceMail } from "./PlaceMail";
import classes from "./Why.module.css";

/** "subject:received" or "rule:plain_receipt" as a sentence. */
function reasonOf(code: string): string {
  const [prefix, rest] = code.includes(":") ? code.split(":", 2) : ["", code];
  const name = rest ?? code;
  const words = en.reasons.names[name];
  if (words === undefined) return /\s/.test(code) ? code : en.reasons.other(name);
  return prefix === "subject" ? en.reasons.inSubject(words) : words;
}

/** The reasons behind a machine's line: rules and facts, the runners-up, and why it belongs to this application. */
export function Why({ why, emailId, applicationId }: { why: Reasons; emailId: number | null; applicationId: number }) {
  const link = why.link_method ? (en.story.linkMethods[why.link_method] ?? why.link_method.replaceAll("_", " ")) : null;
  return (
    <div className={classes.why}>
      {why.reasoning.length > 0 && (
        <>
          <h4 className={classes.heading}>{en.story.whyTitle}</h4>
          <ul className={classes.reasons}>
            {why.reasoning.map((reason) => (
              <li key={reason} title={reason}>
                {reasonOf(reason)}
              </li>
            ))}
          </ul>
        </>
      )}
      {why.runner_ups.length > 0 && (
        <>
          <h4 className={classes.heading}>{en.story.whyRunnersUp}</h4>
          <ul className={classes.runners}>
            {why.runner_ups.slice(0, 2).map((r) => (
              <li key={r.email_class}>
                <span>{en.classes[r.email_class] ?? r.email_class}</span>
                <span className={classes.percent}>{Math.round(r.probability * 100)} %</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {link && (
        <>
          <h4 className={classes.heading}>{en.story.whyLink}</h4>
          <p>
            {link}
            {why.link_score !== null && why.link_score < 1 && <span className={classes.percent}> {en.email.sure(Math.round(why.link_score * 100))}</span>}
          </p>
        </>
      )}
      {emailId !== null && <PlaceMail emailId={emailId} applicationId={applicationId} />}
    </div>
  );
}
