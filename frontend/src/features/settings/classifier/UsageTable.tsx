import { en } from "@/i18n/en";
import { usd } from "@/lib/classifier";
import classes from "./LeftHouse.module.css";

interface Totals {
  calls: number;
  items: number;
  input_tokens: number;
  output_tokens: number;
  cost_usd: number;
  unpriced: number;
}
const { columns, unknownCost } = en.left;

/** What was spent, a line for each day or run. */
export function UsageTable({ title, first, rows }: { title: string; first: string; rows: { name: string; totals: Totals }[] }) {
  return (
    <details className={classes.usage} open={rows.length <= 7}>
      <summary>{title}</summary>
      <div className={classes.scroll} tabIndex={0} role="region" aria-label={title}>
        <table className={`${classes.table} tabular`}>
          <thead>
            <tr>
              {[first, columns.requests, columns.mails, columns.tokens, columns.cost].map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, totals }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{totals.calls.toLocaleString("en")}</td>
                <td>{totals.items.toLocaleString("en")}</td>
                <td>{(totals.input_tokens + totals.output_tokens).toLocaleString("en")}</td>
                <td>{totals.unpriced > 0 && totals.cost_usd === 0 ? unknownCost : usd(totals.cost_usd)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
