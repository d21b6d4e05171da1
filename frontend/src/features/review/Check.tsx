import { useQuery } from "@tanstack/react-query";
import { CheckCheck } from "lucide-react";
import { useState } from "react";
import { useCheck } from "@/api/review/answer";
import { sampleQuery } from "@/api/review/list";
import type { EmailClass } from "@/api/types";
import { AfterAMoment, Empty, Failure } from "@/components/States";
import { useToasts } from "@/components/Toaster";
import { en } from "@/i18n/en";
import { useKeys } from "@/lib/keys";
import { CLASSES } from "@/lib/review";
import { QuestionCard } from "./QuestionCard";
import classes from "./QuestionCard.module.css";

/** Mails that Jobtrail is sure of, one after the other, and how often it was right. */
export function Check() {
  const { data, error, refetch } = useQuery({ ...sampleQuery, staleTime: Infinity });
  const checking = useCheck();
  const toasts = useToasts();
  const [place, setPlace] = useState(0);
  const email = data?.items[place];
  const found = checking.data ?? data;
  const say = (emailClass: EmailClass) => {
    if (!email) return;
    setPlace(place + 1);
    checking.mutate(
      { id: email.id, emailClass },
      {
        onError: (failure) => {
          setPlace(place);
          toasts.fail(failure);
        },
      },
    );
  };
  useKeys({
    ...Object.fromEntries(
      CLASSES.map((each, i) => [
        `answer${i + 1}`,
        () => {
          say(each);
        },
      ]),
    ),
    confirm: () => {
      if (email?.email_class) say(email.email_class as EmailClass);
    },
  });
  if (error && !data) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!data) return <AfterAMoment>{en.review.loading}</AfterAMoment>;
  const result = found && found.checked > 0 ? en.review.accuracy(found.right, found.checked, found.low, found.high) : en.review.checkLead;
  if (!email) return <Empty icon={CheckCheck} title={en.review.checkDone} detail={result} />;
  return (
    <>
      <p className={classes.result} aria-live="polite">
        {result}
      </p>
      <QuestionCard key={email.id} email={email} place={en.review.of(place + 1, data.items.length)} onClass={say} />
    </>
  );
}
