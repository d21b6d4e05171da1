import { Button } from "@mantine/core";
import { useState } from "react";
import { useLinkGoogle } from "@/api/auth/linkGoogle";
import { useUnlinkGoogle } from "@/api/auth/unlinkGoogle";
import type { Me } from "@/api/types";
import { useToasts } from "@/components/Toaster";
import { en } from "@/i18n/en";
import { ConfirmPassword } from "./ConfirmPassword";
import classes from "./Security.module.css";

/** The Google account that may sign in, linked and unlinked. */
export function GoogleLink({ me }: { me: Me }) {
  const [asked, setAsked] = useState(false);
  const link = useLinkGoogle();
  const unlink = useUnlinkGoogle();
  const toasts = useToasts();
  const close = () => {
    setAsked(false);
    link.reset();
    unlink.reset();
  };
  return (
    <>
      <p className={classes.lead}>{en.security.googleLead}</p>
      <div className={classes.block}>
        {me.has_google && <p>{me.google_email ? en.security.googleLinkedTo(me.google_email) : en.security.googleLinked}</p>}
        <Button
          variant={me.has_google ? "subtle" : "default"}
          color={me.has_google ? "red" : undefined}
          onClick={() => {
            setAsked(true);
          }}
        >
          {me.has_google ? en.security.googleUnlink : en.security.googleLink}
        </Button>
      </div>
      {asked && (
        <ConfirmPassword
          title={me.has_google ? en.security.googleUnlink : en.security.googleLink}
          text={me.has_google ? en.security.googleUnlinkText : en.security.googleLinkText}
          action={me.has_google ? en.security.googleUnlink : en.security.googleGo}
          danger={me.has_google}
          hasPassword={me.has_password}
          error={link.error ?? unlink.error}
          isPending={link.isPending || link.isSuccess || unlink.isPending}
          onConfirm={(password) => {
            if (me.has_google) {
              unlink.mutate(password, {
                onSuccess: () => {
                  close();
                  toasts.say(en.security.googleUnlinked);
                },
              });
            } else {
              link.mutate(password, {
                onSuccess: ({ url }) => {
                  location.assign(url);
                },
              });
            }
          }}
          onClose={close}
        />
      )}
    </>
  );
}
