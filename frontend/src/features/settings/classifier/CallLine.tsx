import type { LlmCall } from "@/api/types";
import { When } from "@/components/When";
import { en } from "@/i18n/en";
import { usd } from "@/lib/classifier";
import classes from "./LeftHouse.module.css";

const words = en.left;

/** One request; opened, it shows what was sent. */
export function CallLine({ call }: { call: LlmCall }) {
  const tokens = (call.input_tokens ?? 0) + (call.output_tokens ?? 0);
  const facts = [
    words.outcomes[call.outcome] ?? call.outcome,
    tokens > 0 ? `${tokens.toLocaleString("en")} ${words.columns.tokens.toLowerCase()}` : null,
    call.cost_usd !== null ? usd(call.cost_usd) : call.outcome === "failed" ? null : words.unknownCost,
  ].filter(Boolean);
  return (
    <li>
      <details className={classes.call}>
        <summary>
          <span className={classes.what}>{call.purpose === "test" ? words.test(call.model, call.host) : words.call(call.items, call.model, call.host)}</span>
          <span className={`${classes.facts} tabular`} data-failed={call.outcome === "failed" || undefined}>
            {facts.join(" · ")}
          </span>
          <span className={classes.when}>
            <When at={call.started_at} />
          </span>
        </summary>
        {call.error_detail && <p className={classes.error}>{call.error_detail}</p>}
        <p className={classes.sentLabel}>{words.sent}</p>
        <pre className={classes.sent} tabIndex={0} aria-label={words.sent}>
          {call.preview}
        </pre>
      </details>
    </li>
  );
}
