import { en } from "@/i18n/en";
import classes from "./ReadAgain.module.css";

const words = en.again;

/** Mail by class, now and then; classes that stay as they are are left out. */
export function BeforeAfter({ before, after }: { before: Record<string, number>; after: Record<string, number> }) {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const rows = names
    .map((name) => ({ name, was: before[name] ?? 0, is: after[name] ?? 0 }))
    .filter(({ was, is }) => was !== is)
    .sort((a, b) => Math.abs(b.is - b.was) - Math.abs(a.is - a.was));
  if (rows.length === 0) return null;
  return (
    <table className={`${classes.table} tabular`}>
      <caption className="visually-hidden">{words.table}</caption>
      <thead>
        <tr>
          <th scope="col">{words.class}</th>
          <th scope="col">{words.before}</th>
          <th scope="col">{words.after}</th>
          <th scope="col">
            <span className="visually-hidden">{words.changesTitle}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, was, is }) => (
          <tr key={name}>
            <th scope="row">{en.classes[name] ?? words.unread}</th>
            <td>{was.toLocaleString("en")}</td>
            <td>{is.toLocaleString("en")}</td>
            <td className={classes.delta}>{is > was ? `+${is - was}` : `−${was - is}`}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
