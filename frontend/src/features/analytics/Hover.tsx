import classes from "./Hover.module.css";

/** What the pointer is over. */
export function Hover({ title, lines }: { title: string; lines: readonly string[] }) {
  return (
    <div className={classes.hover}>
      <p className={classes.title}>{title}</p>
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </div>
  );
}
