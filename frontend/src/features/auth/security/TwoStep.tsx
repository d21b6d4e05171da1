import { Button, Modal } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { ShieldCheck } from "lucide-react";
import { useState } from "react";
import { useDisableTotp } from "@/api/auth/disableTotp";
import { useRenewRecoveryCodes } from "@/api/auth/renewRecoveryCodes";
import { totpQuery } from "@/api/auth/totp";
import { InlineProblem } from "@/components/States";
import { useToasts } from "@/components/Toaster";
import { en } from "@/i18n/en";
import { ConfirmPassword } from "./ConfirmPassword";
import { RecoveryCodes } from "./RecoveryCodes";
import { TwoStepSetup } from "./TwoStepSetup";
import classes from "./Security.module.css";

const FEW = 3;

/** 2-step login: on or off, and its recovery codes. */
export function TwoStep({ hasPassword }: { hasPassword: boolean }) {
  const { data: totp, error } = useQuery(totpQuery);
  const [asked, setAsked] = useState<"on" | "off" | "codes" | null>(null);
  const disable = useDisableTotp();
  const renew = useRenewRecoveryCodes();
  const toasts = useToasts();
  const close = () => {
    setAsked(null);
    disable.reset();
    renew.reset();
  };
  return (
    <>
      <p className={classes.lead}>{en.security.twoStepLead}</p>
      <div className={classes.block}>
        {totp?.enabled && (
          <p className={classes.state}>
            <span className={classes.on}>
              <ShieldCheck size={16} aria-hidden="true" />
              {en.security.twoStepIsOn}
            </span>
            <span className={totp.recovery_codes_left < FEW ? classes.low : classes.hint}>{en.security.codesLeft(totp.recovery_codes_left)}</span>
          </p>
        )}
        <InlineProblem error={error} />
        <div className={classes.foot}>
          {totp?.enabled ? (
            <>
              <Button
                variant="default"
                onClick={() => {
                  setAsked("codes");
                }}
              >
                {en.security.codesRenew}
              </Button>
              <Button
                variant="subtle"
                color="red"
                onClick={() => {
                  setAsked("off");
                }}
              >
                {en.security.twoStepOff}
              </Button>
            </>
          ) : (
            <Button
              variant="default"
              disabled={!totp}
              onClick={() => {
                setAsked("on");
              }}
            >
              {en.security.twoStepSetUp}
            </Button>
          )}
        </div>
      </div>
      {asked === "on" && <TwoStepSetup hasPassword={hasPassword} onClose={close} />}
      {asked === "off" && (
        <ConfirmPassword
          title={en.security.twoStepOff}
          text={en.security.twoStepOffText}
          action={en.security.twoStepOff}
          danger
          hasPassword={hasPassword}
          error={disable.error}
          isPending={disable.isPending}
          onConfirm={(password) => {
            disable.mutate(password, {
              onSuccess: () => {
                close();
                toasts.say(en.security.twoStepIsOff);
              },
            });
          }}
          onClose={close}
        />
      )}
      {asked === "codes" &&
        (renew.data ? (
          <Modal opened onClose={close} closeOnClickOutside={false} title={en.security.codesTitle} closeButtonProps={{ "aria-label": en.actions.close }}>
            <RecoveryCodes codes={renew.data.recovery_codes} onDone={close} />
          </Modal>
        ) : (
          <ConfirmPassword
            title={en.security.codesRenew}
            text={en.security.codesRenewText}
            action={en.security.codesRenew}
            hasPassword={hasPassword}
            error={renew.error}
            isPending={renew.isPending}
            onConfirm={(password) => {
              renew.mutate(password);
            }}
            onClose={close}
          />
        ))}
    </>
  );
}
