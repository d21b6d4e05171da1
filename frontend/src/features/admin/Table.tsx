import classes from "./Admin.module.css";

interface Row {
  key: string;
  cells: string[];
  isBad?: boolean;
}

/** Figures in columns; the first one names the line. */
export function Table({ title, columns, rows }: { title: string; columns: string[]; rows: Row[] }) {
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={title}>
      <table className={`${classes.table} tabular`}>
        <thead>
          <tr>
            {columns.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells: [name, ...rest], isBad }) => (
            <tr key={key} data-bad={isBad || undefined}>
              <th scope="row">{name}</th>
              {rest.map((cell, i) => (
                <td key={columns[i + 1]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
