import { ActionIcon, Button, Tooltip } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { LogOut, Monitor, Smartphone, SquareTerminal } from "lucide-react";
import { useEndSession } from "@/api/auth/endSession";
import { sessionsQuery } from "@/api/auth/sessions";
import { Failure } from "@/components/States";
import { useToasts } from "@/components/Toaster";
import { When } from "@/components/When";
import { en } from "@/i18n/en";
import { clientOf } from "@/lib/clients";
import classes from "./Security.module.css";

const ICONS = { computer: Monitor, phone: Smartphone, program: SquareTerminal };

/** Where the account is signed in; any of it can be ended. */
export function Sessions() {
  const { data: sessions, error, refetch } = useQuery(sessionsQuery);
  const end = useEndSession();
  const toasts = useToasts();
  if (error && !sessions) return <Failure error={error} onRetry={() => void refetch()} />;
  const others = sessions?.items.filter((session) => !session.current).length ?? 0;
  return (
    <>
      <p className={classes.lead}>{en.security.sessionsLead}</p>
      <ul className={classes.list} aria-label={en.security.sessions}>
        {sessions?.items.map((session) => {
          const client = clientOf(session.user_agent);
          const Icon = ICONS[client.kind];
          const name = client.name ?? en.security.unknownClient;
          return (
            <li key={session.id} className={classes.row}>
              <Icon size={18} strokeWidth={1.75} className={classes.icon} aria-hidden="true" />
              <div className={classes.text}>
                <p className={classes.name}>
                  {name}
                  {session.current && (
                    <span className={classes.tag} data-accent>
                      {en.security.thisOne}
                    </span>
                  )}
                </p>
                <p className={classes.mild}>
                  {session.address} · {en.security.lastUsed} <When at={session.last_seen_at} />
                </p>
              </div>
              {!session.current && (
                <Tooltip label={en.security.endSession}>
                  <ActionIcon
                    color="gray"
                    aria-label={en.security.endSessionOf(name)}
                    loading={end.isPending && end.variables === session.id}
                    onClick={() => {
                      end.mutate(session.id, {
                        onSuccess: () => {
                          toasts.say(en.security.sessionEnded);
                        },
                        onError: toasts.fail,
                      });
                    }}
                  >
                    <LogOut size={16} aria-hidden="true" />
                  </ActionIcon>
                </Tooltip>
              )}
            </li>
          );
        })}
      </ul>
      {others > 0 && (
        <div className={classes.block}>
          <Button
            variant="default"
            loading={end.isPending && end.variables === undefined}
            onClick={() => {
              end.mutate(undefined, {
                onSuccess: () => {
                  toasts.say(en.security.othersEnded);
                },
                onError: toasts.fail,
              });
            }}
          >
            {en.security.endOthers}
          </Button>
        </div>
      )}
    </>
  );
}
