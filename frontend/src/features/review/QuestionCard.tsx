import { Checkbox } from "@mantine/core";
import type { EmailClass, EmailDetail, Question } from "@/api/types";
import { MailReader } from "@/components/MailReader";
import { StageChip } from "@/components/StageChip";
import { en } from "@/i18n/en";
import { asksWhere, CLASSES } from "@/lib/review";
import classes from "./QuestionCard.module.css";

interface Props {
  email: EmailDetail;
  question?: Question;
  place: string;
  withAlike?: boolean;
  onAlike?: (on: boolean) => void;
  onClass: (emailClass: EmailClass) => void;
  onApplication?: (id: number | null) => void;
  onLater?: () => void;
}

/** One mail with the deciding sentence lit, and the answers under it. */
export function QuestionCard({ email, question, place, withAlike = false, onAlike, onClass, onApplication, onLater }: Props) {
  const name = email.email_class ? (en.classes[email.email_class] ?? email.email_class) : null;
  const where = question !== undefined && onApplication !== undefined && asksWhere(question);
  return (
    <div className={classes.card}>
      <div className={classes.head}>
        <p className={classes.guess}>
          {name && (question && email.verdict?.unsure ? en.review.readAsUnsure(name) : en.review.readAs(name, Math.round((email.confidence ?? 0) * 100)))}
        </p>
        <span className={classes.place}>{place}</span>
      </div>
      <MailReader id={email.id} />
      <h2 className={classes.ask}>{where ? en.review.whichAsk : en.review.ask}</h2>
      {where && question && (
        <ul className={classes.candidates}>
          {question.candidates.map((candidate) => (
            <li key={candidate.id}>
              <button
                type="button"
                className={classes.candidate}
                onClick={() => {
                  onApplication(candidate.id);
                }}
              >
                <span className={classes.candidateName}>{[candidate.company_name, candidate.job_title].filter(Boolean).join(", ")}</span>
                <StageChip stage={candidate.stage} />
              </button>
            </li>
          ))}
          <li>
            <button
              type="button"
              className={classes.candidate}
              onClick={() => {
                onApplication(null);
              }}
            >
              {en.review.newApplication}
            </button>
          </li>
        </ul>
      )}
      <div className={classes.answers} role="group" aria-label={en.review.ask}>
        {CLASSES.map((each, i) => (
          <button
            key={each}
            type="button"
            className={classes.answer}
            data-guess={each === email.email_class || undefined}
            onClick={() => {
              onClass(each);
            }}
          >
            <kbd className={classes.key}>{i + 1}</kbd>
            <span>{en.classes[each]}</span>
          </button>
        ))}
      </div>
      <div className={classes.foot}>
        {question && question.alike.length > 0 && onAlike && (
          <Checkbox
            checked={withAlike}
            label={en.review.alike(question.alike.length)}
            onChange={(event) => {
              onAlike(event.currentTarget.checked);
            }}
          />
        )}
        <span className={classes.hint}>{en.review.keysHint}</span>
        {onLater && (
          <button type="button" className={classes.later} onClick={onLater}>
            {en.review.later}
          </button>
        )}
      </div>
    </div>
  );
}
