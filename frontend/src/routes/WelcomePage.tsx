import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { authStatusQuery } from "@/api/auth/status";
import { Wordmark } from "@/components/Wordmark";
import { OwnerForm } from "@/features/auth/OwnerForm";
import { Doors } from "@/features/mailsync/Doors";
import { en } from "@/i18n/en";
import classes from "./Entry.module.css";

/** First start: make the owner's account, then choose where the mail comes from. */
export function WelcomePage() {
  const { data: status, refetch } = useQuery(authStatusQuery);
  const navigate = useNavigate();
  if (!status) return null;
  return (
    <main className={classes.welcome}>
      <div className={classes.top}>
        <Wordmark />
      </div>
      {status.authenticated ? (
        <div className={classes.doors}>
          <h1 className={classes.doorsTitle}>{en.welcome.doorsTitle}</h1>
          <p className={classes.doorsLead}>{en.welcome.doorsLead}</p>
          <Doors first onStarted={(run) => void navigate({ to: "/reading", search: { run } })} />
          <p className={classes.later}>
            <Button variant="subtle" onClick={() => void navigate({ to: "/applications" })}>
              {en.welcome.skip}
            </Button>
          </p>
        </div>
      ) : (
        <div className={classes.hero}>
          <div>
            <h1 className={classes.title}>{en.welcome.title}</h1>
            <p className={classes.lead}>{en.welcome.lead}</p>
            <dl className={classes.promises}>
              {en.welcome.promises.map(([name, text]) => (
                <div key={name} className={classes.promise}>
                  <dt>{name}</dt>
                  <dd>{text}</dd>
                </div>
              ))}
            </dl>
          </div>
          <div className={classes.card}>
            <h2 className={classes.cardTitle}>{en.welcome.ownerTitle}</h2>
            <p className={classes.cardLead}>{en.welcome.ownerLead}</p>
            <OwnerForm askSetupCode={status.setup_code_required} onDone={() => void refetch()} />
          </div>
        </div>
      )}
    </main>
  );
}
