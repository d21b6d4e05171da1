import { Button, Modal, NumberInput, Radio } from "@mantine/core";
import { useState } from "react";
import { useBackfill } from "@/api/runs/backfill";
import type { MailAccount } from "@/api/types";
import { InlineProblem } from "@/components/States";
import { useToasts } from "@/components/Toaster";
import { en } from "@/i18n/en";
import { nameOf } from "./accountNames";
import classes from "./OlderMail.module.css";

const MOST_DAYS = 3650;
const FIRST_GUESS = 180;

/** How far back to read: some days that are often wanted, or any number. */
export function OlderMail({ account, onClose }: { account: MailAccount | null; onClose: () => void }) {
  const backfill = useBackfill();
  const toasts = useToasts();
  const [choice, setChoice] = useState("60");
  const [days, setDays] = useState<string | number>(FIRST_GUESS);
  const wanted = choice === "custom" ? Number(days) : Number(choice);
  const isRight = Number.isInteger(wanted) && wanted >= 1 && wanted <= MOST_DAYS;
  const close = () => {
    backfill.reset();
    onClose();
  };
  const start = () => {
    if (!account || !isRight) return;
    backfill.mutate(
      { days: wanted, address: account.address },
      {
        onSuccess: () => {
          toasts.say(en.mail.started);
          close();
        },
      },
    );
  };
  return (
    <Modal opened={account !== null} onClose={close} title={account ? en.older.title(nameOf(account)) : ""} closeButtonProps={{ "aria-label": en.actions.close }}>
      <p className={classes.text}>{en.older.text}</p>
      <Radio.Group value={choice} onChange={setChoice} aria-label={en.older.howFar}>
        <div className={classes.choices}>
        {en.older.choices.map(([number, label]) => (
          <Radio key={number} value={String(number)} label={label} />
        ))}
        <Radio value="custom" label={en.older.custom} />
        </div>
      </Radio.Group>
      {choice === "custom" && (
        <NumberInput
          label={en.older.days}
          value={days}
          onChange={setDays}
          min={1}
          max={MOST_DAYS}
          clampBehavior="none"
          allowDecimal={false}
          allowNegative={false}
          hideControls
          error={isRight ? null : en.older.daysWrong}
          className={classes.days}
        />
      )}
      <InlineProblem error={backfill.error} />
      <div className={classes.actions}>
        <Button disabled={!isRight} loading={backfill.isPending} onClick={start}>
          {en.older.start}
        </Button>
      </div>
    </Modal>
  );
}
