import { useQuery } from "@tanstack/react-query";
import { egressQuery } from "@/api/egress/list";
import { AfterAMoment, Failure } from "@/components/States";
import { en } from "@/i18n/en";
import { exact } from "@/lib/dates";
import classes from "./LeftHouse.module.css";

const words = en.hosts;

/** Every machine that was contacted, what for and when. */
export function Hosts() {
  const { data, error, refetch } = useQuery(egressQuery);
  if (error && !data) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!data) return <AfterAMoment>{null}</AfterAMoment>;
  const { items, total, offline } = data;
  return (
    <div className={classes.whole}>
      <p className={classes.lead}>
        {items.length === 0 ? words.nothing : words.lead} {offline && words.offline}
      </p>
      {items.length > 0 && (
        <div className={`${classes.scroll} ${classes.hosts}`} tabIndex={0} role="region" aria-label={words.title}>
          <table className={`${classes.table} tabular`}>
            <thead>
              <tr>
                {[words.host, words.purpose, words.times, words.first, words.last].map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {items.map((each) => (
                <tr key={`${each.purpose} ${each.host} ${each.port} ${each.own}`}>
                  <th scope="row">{each.port === 443 ? each.host : `${each.host}:${each.port}`}</th>
                  <td>{words.purposes[each.purpose]}</td>
                  <td>{each.count.toLocaleString("en")}</td>
                  <td>{exact(each.first_at)}</td>
                  <td>{exact(each.last_at)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {total > items.length && <p className={classes.lead}>{words.more(total - items.length)}</p>}
    </div>
  );
}
