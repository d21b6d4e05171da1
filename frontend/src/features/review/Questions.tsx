import { useQuery, useQueryClient } from "@tanstack/react-query";
import { ListChecks } from "lucide-react";
import { useRef, useState } from "react";
import { useRevokeDecisions } from "@/api/applications/revokeDecision";
import { type Answer, useAnswer } from "@/api/review/answer";
import { reviewQuery } from "@/api/review/list";
import type { EmailClass, Question } from "@/api/types";
import { AfterAMoment, Empty, Failure } from "@/components/States";
import { useToasts } from "@/components/Toaster";
import { en } from "@/i18n/en";
import { useKeys } from "@/lib/keys";
import { CLASSES, idsOf, stillOpen } from "@/lib/review";
import { QuestionCard } from "./QuestionCard";

/** One question at a time. The next one shows at once; an answer that fails comes back. */
export function Questions() {
  const { data, error, refetch } = useQuery(reviewQuery);
  const client = useQueryClient();
  const answering = useAnswer();
  const revoke = useRevokeDecisions();
  const toasts = useToasts();
  const [answered, setAnswered] = useState<ReadonlySet<number>>(new Set());
  const [withAlike, setWithAlike] = useState(true);
  const undoNewest = useRef<(() => void) | null>(null);
  const open = stillOpen(data?.items ?? [], answered);
  const question = open[0];

  const mark = (ids: readonly number[], on: boolean) => {
    setAnswered((before) => {
      const after = new Set(before);
      for (const id of ids) {
        if (on) after.add(id);
        else after.delete(id);
      }
      return after;
    });
  };
  const answer = (asked: Question, said: Answer, ids: number[], sentence: string) => {
    mark(ids, true);
    answering.mutate(
      { id: asked.email.id, answer: said },
      {
        onSuccess: ({ decision_ids }) => {
          const undo = () => {
            undoNewest.current = null;
            mark(ids, false);
            revoke.mutate(decision_ids, { onError: toasts.fail, onSettled: () => client.invalidateQueries({ queryKey: ["review"] }) });
          };
          undoNewest.current = decision_ids.length > 0 ? undo : null;
          toasts.say(sentence, decision_ids.length > 0 ? undo : undefined);
          if (open.length <= 1) void client.invalidateQueries({ queryKey: ["review"] });
        },
        onError: (failure) => {
          mark(ids, false);
          toasts.fail(failure);
        },
      },
    );
  };
  const sayClass = (emailClass: EmailClass) => {
    if (!question) return;
    const ids = idsOf(question, withAlike);
    answer(question, { kind: "class", emailClass, also: ids.slice(1) }, ids, en.review.said(en.classes[emailClass] ?? emailClass, ids.length));
  };
  const sayApplication = (id: number | null) => {
    if (!question) return;
    answer(question, id === null ? { kind: "new" } : { kind: "application", applicationId: id }, [question.email.id], en.review.moved);
  };
  const later = () => {
    if (!question) return;
    const ids = idsOf(question, withAlike);
    answer(question, { kind: "later", also: ids.slice(1) }, ids, en.review.postponed);
  };
  const guess = question?.email.email_class as EmailClass | null | undefined;
  useKeys({
    ...Object.fromEntries(
      CLASSES.map((each, i) => [
        `answer${i + 1}`,
        () => {
          sayClass(each);
        },
      ]),
    ),
    confirm: () => {
      if (guess) sayClass(guess);
    },
    later,
    undoAnswer: () => undoNewest.current?.(),
  });

  if (error && !data) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!data) return <AfterAMoment>{en.review.loading}</AfterAMoment>;
  if (!question) return <Empty icon={ListChecks} title={en.review.empty} detail={en.review.emptyDetail} />;
  const groups = data.items.length;
  return (
    <QuestionCard
      key={question.email.id}
      email={question.email}
      question={question}
      place={en.review.of(groups - open.length + 1, groups)}
      withAlike={withAlike}
      onAlike={setWithAlike}
      onClass={sayClass}
      onApplication={sayApplication}
      onLater={later}
    />
  );
}
