import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { previewQuery } from "@/api/reprocess/preview";
import { en } from "@/i18n/en";
import classes from "./ReadAgain.module.css";

const words = en.again;

/** The way to reading again from the settings, and why one may want to go it. */
export function ReadAgainCard() {
  const { data } = useQuery(previewQuery());
  const reasons = [
    data?.total ? words.waiting(data.total) : null,
    data?.outdated ? words.outdated(data.outdated) : null,
    data?.missed ? words.missed(data.missed) : null,
  ].filter(Boolean);
  return (
    <div className={classes.card}>
      <div>
        <p className={classes.mild}>{words.short}</p>
        {reasons.map((reason) => (
          <p key={reason} className={classes.reason}>
            {reason}
          </p>
        ))}
      </div>
      <Button component={Link} to="/settings/read-again" variant="default">
        {words.link}
      </Button>
    </div>
  );
}
