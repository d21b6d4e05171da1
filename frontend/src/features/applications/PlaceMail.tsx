import { ArrowRightLeft, CirclePlus, MailX } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useRevokeDecisions } from "@/api/applications/revokeDecision";
import { type Place, usePlaceMail } from "@/api/emails/say";
import { companyOf } from "@/components/ApplicationRow";
import { useToasts } from "@/components/Toaster";
import { en } from "@/i18n/en";
import classes from "./PlaceMail.module.css";

const ApplicationPicker = lazy(async () => ({ default: (await import("./ApplicationPicker")).ApplicationPicker }));

/** Says where a mail belongs, with what happened and its undo as a toast. */
export function usePlace(): (emailId: number, place: Place, sentence: string) => void {
  const placing = usePlaceMail();
  const revoke = useRevokeDecisions();
  const toasts = useToasts();
  // Told also when what asked for it is gone by then, as a dialog is.
  return (id, place, sentence) => {
    placing.mutateAsync({ id, place }).then(({ decision_ids }) => {
      const undo = () => {
        revoke.mutateAsync(decision_ids).catch(toasts.fail);
      };
      toasts.say(sentence, decision_ids.length > 0 ? undo : undefined);
    }, toasts.fail);
  };
}

/** The answers to "this mail doesn't belong here". */
export function PlaceMail({ emailId, applicationId }: { emailId: number; applicationId: number }) {
  const [picking, setPicking] = useState(false);
  const place = usePlace();
  return (
    <div className={classes.answers} role="group" aria-label={en.manage.wrong}>
      <span className={classes.ask}>{en.manage.wrong}</span>
      <button
        type="button"
        className={classes.answer}
        onClick={() => {
          place(emailId, { kind: "no_job" }, en.manage.notJob);
        }}
      >
        <MailX size={13} aria-hidden="true" />
        {en.manage.sayNotJob}
      </button>
      <button
        type="button"
        className={classes.answer}
        onClick={() => {
          setPicking(true);
        }}
      >
        <ArrowRightLeft size={13} aria-hidden="true" />
        {en.manage.sayOther}
      </button>
      <button
        type="button"
        className={classes.answer}
        onClick={() => {
          place(emailId, { kind: "new" }, en.manage.madeNew);
        }}
      >
        <CirclePlus size={13} aria-hidden="true" />
        {en.manage.sayNew}
      </button>
      {picking && (
        <RelinkPicker
          emailId={emailId}
          applicationId={applicationId}
          onClose={() => {
            setPicking(false);
          }}
        />
      )}
    </div>
  );
}

/** Which application the mail belongs to instead. */
export function RelinkPicker({ emailId, applicationId, onClose }: { emailId: number; applicationId: number; onClose: () => void }) {
  const place = usePlace();
  return (
    <Suspense fallback={null}>
      <ApplicationPicker
        title={en.review.whichAsk}
        without={[applicationId]}
        onClose={onClose}
        onPick={(other) => {
          onClose();
          place(emailId, { kind: "application", applicationId: other.id }, en.manage.movedTo(companyOf(other)));
        }}
      />
    </Suspense>
  );
}
