import { Button, NativeSelect, Switch, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type SubmitEvent, useState } from "react";
import { estimateQuery } from "@/api/reprocess/estimate";
import type { EmailClass, ReprocessRequest } from "@/api/types";
import { InlineProblem } from "@/components/States";
import { en } from "@/i18n/en";
import { usd } from "@/lib/classifier";
import { CLASSES } from "@/lib/review";
import classes from "./ReadAgain.module.css";

interface Props {
  disabled: boolean;
  busy: boolean;
  onStart: (request: ReprocessRequest) => void;
}
const words = en.again;
const BELOW = [50, 60, 70, 80, 90];

/** Which mail, and what reading it again would take; the count follows each choice. */
export function Wish({ disabled, busy, onStart }: Props) {
  const [kind, setKind] = useState("");
  const [since, setSince] = useState("");
  const [below, setBelow] = useState("");
  const [first, setFirst] = useState(true);
  const request: ReprocessRequest = {
    ...(kind ? { scope: "class" as const, email_class: kind as EmailClass } : { scope: "all" as const }),
    ...(since ? { since: `${since}T00:00:00Z` } : {}),
    ...(below ? { below_confidence: Number(below) / 100 } : {}),
  };
  const { data, error, isFetching } = useQuery(estimateQuery(request));
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    onStart({ ...request, preview: first });
  };
  return (
    <form className={classes.wish} onSubmit={submit}>
      <div className={classes.filters}>
        <NativeSelect
          label={words.classLabel}
          value={kind}
          data={[{ value: "", label: words.scopes.all }, ...CLASSES.map((value) => ({ value, label: en.classes[value] ?? value }))]}
          onChange={(event) => {
            setKind(event.currentTarget.value);
          }}
        />
        <TextInput
          type="date"
          label={words.since}
          value={since}
          onChange={(event) => {
            setSince(event.currentTarget.value);
          }}
        />
        <NativeSelect
          label={words.below}
          value={below}
          data={[{ value: "", label: words.belowAny }, ...BELOW.map((share) => ({ value: String(share), label: `${share} %` }))]}
          onChange={(event) => {
            setBelow(event.currentTarget.value);
          }}
        />
      </div>
      <Switch
        checked={first}
        label={words.preview}
        description={words.previewHint}
        onChange={(event) => {
          setFirst(event.currentTarget.checked);
        }}
      />
      <InlineProblem error={error} />
      <div className={classes.takes} aria-live="polite" data-stale={isFetching || undefined}>
        {data ? (
          data.count === 0 ? (
            <p>{words.none}</p>
          ) : (
            <>
              <p className="tabular">
                <strong>{words.count(data.count)}</strong>, {words.calls(data.estimated_calls)}
                {data.estimated_calls > 0 && ` ${data.estimated_cost === null ? words.costUnknown : words.cost(usd(data.estimated_cost))}`}
              </p>
              <ul className={`${classes.kinds} tabular`}>
                {Object.entries(data.by_class)
                  .sort((a, b) => b[1] - a[1])
                  .map(([name, n]) => (
                    <li key={name}>
                      {en.classes[name] ?? words.unread} {n.toLocaleString("en")}
                    </li>
                  ))}
              </ul>
              {data.dropped > 0 && <p>{words.dropped(data.dropped)}</p>}
            </>
          )
        ) : (
          <p>{words.counting}</p>
        )}
      </div>
      <Button type="submit" disabled={disabled || !data?.count} loading={busy} className={classes.start}>
        {words.start}
      </Button>
    </form>
  );
}
