import { Button, Modal, TextInput } from "@mantine/core";
import { useState } from "react";
import { useBeginTotp } from "@/api/auth/beginTotp";
import { useConfirmTotp } from "@/api/auth/confirmTotp";
import { CopyField } from "@/components/CopyField";
import { InlineProblem } from "@/components/States";
import { en } from "@/i18n/en";
import { ConfirmPassword } from "./ConfirmPassword";
import { RecoveryCodes } from "./RecoveryCodes";
import classes from "./Security.module.css";

/** From the password to the picture, from the first code to the recovery codes. */
export function TwoStepSetup({ hasPassword, onClose }: { hasPassword: boolean; onClose: () => void }) {
  const begin = useBeginTotp();
  const confirm = useConfirmTotp();
  const [code, setCode] = useState("");
  if (!begin.data) {
    return (
      <ConfirmPassword
        title={en.security.twoStepSetUp}
        text={en.security.twoStepFirst}
        action={en.actions.continue}
        hasPassword={hasPassword}
        error={begin.error}
        isPending={begin.isPending}
        onConfirm={(password) => {
          begin.mutate(password);
        }}
        onClose={onClose}
      />
    );
  }
  const codes = confirm.data?.recovery_codes;
  return (
    <Modal
      opened
      onClose={onClose}
      closeOnClickOutside={false}
      title={codes ? en.security.codesTitle : en.security.twoStepSetUp}
      closeButtonProps={{ "aria-label": en.actions.close }}
    >
      {codes ? (
        <RecoveryCodes codes={codes} onDone={onClose} />
      ) : (
        <form
          className={classes.dialog}
          onSubmit={(event) => {
            event.preventDefault();
            confirm.mutate(code);
          }}
        >
          <div className={classes.enrol}>
            <img className={classes.qr} src={begin.data.qr} alt={en.security.qr} />
            <p>{en.security.scan}</p>
          </div>
          <div>
            <p className={classes.hint}>{en.security.typeSecret}</p>
            <CopyField label={en.security.secret} value={begin.data.secret} />
          </div>
          <TextInput
            label={en.security.firstCode}
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={12}
            data-autofocus
            value={code}
            onChange={(event) => {
              setCode(event.currentTarget.value);
            }}
          />
          <InlineProblem error={confirm.error} />
          <div className={classes.foot}>
            <Button type="submit" loading={confirm.isPending} disabled={code.trim() === ""}>
              {en.security.twoStepOn}
            </Button>
            <Button variant="default" onClick={onClose}>
              {en.actions.cancel}
            </Button>
          </div>
        </form>
      )}
    </Modal>
  );
}
