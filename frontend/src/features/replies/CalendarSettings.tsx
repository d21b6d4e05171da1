import { Anchor, Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useCloseCalendar } from "@/api/calendar/close";
import { calendarQuery } from "@/api/calendar/get";
import { useOpenCalendar } from "@/api/calendar/open";
import { CopyField } from "@/components/CopyField";
import { InlineProblem } from "@/components/States";
import { useToasts } from "@/components/Toaster";
import { en } from "@/i18n/en";
import { day, since } from "@/lib/dates";
import classes from "./Forms.module.css";

/** The private calendar address: made, shown once, revoked; and Google Calendar. */
export function CalendarSettings() {
  const { data: calendar, error } = useQuery(calendarQuery);
  const open = useOpenCalendar();
  const close = useCloseCalendar();
  const toasts = useToasts();
  const made = calendar?.active ? open.data : undefined;
  return (
    <>
      <p className={classes.lead}>{en.calendarFeed.lead}</p>
      <div className={classes.block}>
        {made && (
          <div>
            <CopyField label={en.calendarFeed.label} value={made.url} />
            <p className={classes.hint}>{en.calendarFeed.once}</p>
          </div>
        )}
        {calendar?.active && !made && calendar.created_at && (
          <p>
            {en.calendarFeed.active(day(calendar.created_at))} {calendar.last_read_at ? en.calendarFeed.readAt(since(calendar.last_read_at)) : en.calendarFeed.notRead}
          </p>
        )}
        <InlineProblem error={error ?? open.error ?? close.error} />
        <div className={classes.foot}>
          <Button
            variant="default"
            loading={open.isPending}
            disabled={!calendar}
            onClick={() => {
              open.mutate();
            }}
          >
            {calendar?.active ? en.calendarFeed.renew : en.calendarFeed.create}
          </Button>
          {calendar?.active && (
            <>
              <Button
                variant="subtle"
                color="red"
                loading={close.isPending}
                onClick={() => {
                  close.mutate(undefined, {
                    onSuccess: () => {
                      open.reset();
                      toasts.say(en.calendarFeed.revoked);
                    },
                  });
                }}
              >
                {en.calendarFeed.revoke}
              </Button>
              <span className={classes.hint}>{en.calendarFeed.renewHint}</span>
            </>
          )}
        </div>
        {calendar && calendar.google !== "not_connected" && (
          <p className={classes.hint}>
            {en.calendarFeed.google[calendar.google]}{" "}
            {calendar.google === "not_allowed" && <Anchor href="/api/gmail/auth?permissions=calendar&redirect_url=%2Fsettings">{en.calendarFeed.allow}</Anchor>}
          </p>
        )}
      </div>
    </>
  );
}
