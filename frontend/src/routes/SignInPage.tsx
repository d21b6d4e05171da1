import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useRouter, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { authStatusQuery } from "@/api/auth/status";
import { Wordmark } from "@/components/Wordmark";
import { GoogleStep } from "@/features/auth/GoogleStep";
import { OwnerForm } from "@/features/auth/OwnerForm";
import { SignInForm } from "@/features/auth/SignInForm";
import { en } from "@/i18n/en";
import classes from "./Entry.module.css";

export function SignInPage() {
  const { next, step } = useSearch({ from: "/sign-in" });
  const { data: status } = useQuery(authStatusQuery);
  const [isNew, setIsNew] = useState(false);
  const navigate = useNavigate();
  const router = useRouter();
  const goOn = () => {
    if (next) router.history.push(next);
    else void navigate({ to: isNew ? "/welcome" : "/" });
  };
  if (step === "code") {
    return (
      <Card title={en.auth.codeTitle}>
        <GoogleStep onDone={goOn} onBack={() => void navigate({ to: "/sign-in", search: { next }, replace: true })} />
      </Card>
    );
  }
  return (
    <Card title={isNew ? en.auth.registerTitle : en.auth.signInTitle} note={next && !isNew ? en.auth.expired : undefined}>
      {isNew ? <OwnerForm askSetupCode={false} onDone={goOn} /> : <SignInForm onDone={goOn} />}
      {status?.google && (
        <>
          <p className={classes.or}>{en.auth.or}</p>
          <Button component="a" href={`/api/auth/google?next=${encodeURIComponent(next ?? "/")}`} variant="default" fullWidth>
            {en.auth.google}
          </Button>
        </>
      )}
      {status?.registration === "open" && (
        <p className={classes.later}>
          <Button
            variant="subtle"
            size="compact-sm"
            onClick={() => {
              setIsNew(!isNew);
            }}
          >
            {isNew ? en.auth.haveAccount : en.auth.noAccount}
          </Button>
        </p>
      )}
    </Card>
  );
}

function Card({ title, note, children }: { title: string; note?: string; children: React.ReactNode }) {
  return (
    <main className={classes.alone}>
      <Wordmark />
      <div className={classes.card}>
        <h1 className={classes.cardTitle}>{title}</h1>
        {note && <p className={classes.note}>{note}</p>}
        {children}
      </div>
    </main>
  );
}
