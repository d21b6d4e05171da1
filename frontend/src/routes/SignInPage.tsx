import { useNavigate, useRouter, useSearch } from "@tanstack/react-router";
import { Wordmark } from "@/components/Wordmark";
import { SignInForm } from "@/features/auth/SignInForm";
import { en } from "@/i18n/en";
import classes from "./Entry.module.css";

export function SignInPage() {
  const { next } = useSearch({ from: "/sign-in" });
  const navigate = useNavigate();
  const router = useRouter();
  return (
    <main className={classes.alone}>
      <Wordmark />
      <div className={classes.card}>
        <h1 className={classes.cardTitle}>{en.auth.signInTitle}</h1>
        {next && <p className={classes.note}>{en.auth.expired}</p>}
        <SignInForm
          onDone={() => {
            if (next) router.history.push(next);
            else void navigate({ to: "/" });
          }}
        />
      </div>
    </main>
  );
}
