import { useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import {
  AlarmClock,
  Archive,
  ArrowRightLeft,
  Columns3,
  CornerUpLeft,
  Keyboard,
  ListFilter,
  LogOut,
  type LucideIcon,
  MailQuestion,
  Moon,
  NotebookPen,
  Plus,
  RefreshCw,
  Sun,
  Undo2,
} from "lucide-react";
import { useState } from "react";
import { accountsQuery } from "@/api/mail/accounts";
import { runsQuery } from "@/api/runs/list";
import { useSync } from "@/api/runs/sync";
import { useToasts } from "@/components/Toaster";
import { isReadable } from "@/features/mailsync/accountNames";
import { Palette, type PaletteCommand } from "@/features/search/Palette";
import { en } from "@/i18n/en";
import { type Command, commandsAtHand, keysOf } from "@/lib/keys";
import { isActive, readsMail } from "@/lib/runs";
import { useSignOut } from "./useSignOut";

/** A page of the rail. */
export interface Place {
  to: string;
  label: string;
  icon: LucideIcon;
  command?: Command;
}

interface Props {
  places: readonly Place[];
  onGo: (place: Place) => void;
  onLoneMail: (id: number) => void;
  onClose: () => void;
}

/** Commands of the key table that are worth a name, where their part of the page is in sight. */
const HERE: readonly [Command, LucideIcon][] = [
  ["stage", ArrowRightLeft],
  ["note", NotebookPen],
  ["reply", CornerUpLeft],
  ["snooze", AlarmClock],
  ["relink", MailQuestion],
  ["archive", Archive],
];
const ANYWHERE: readonly [Command, LucideIcon][] = [
  ["undo", Undo2],
  ["create", Plus],
  ["filter", ListFilter],
  ["board", Columns3],
  ["help", Keyboard],
];

/** The palette with all that the page can do where it stands. */
export function CommandPalette({ places, onGo, onLoneMail, onClose }: Props) {
  const navigate = useNavigate();
  const toasts = useToasts();
  const { mutateAsync: sync } = useSync();
  const { signOut } = useSignOut();
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme("light", { getInitialValueInEffect: false });
  const accounts = useQuery(accountsQuery);
  const runs = useQuery(runsQuery);
  // What was at hand when it was opened; the page behind it stands still.
  const [atHand] = useState(commandsAtHand);
  const keyed = (group: string, table: readonly [Command, LucideIcon][]): PaletteCommand[] =>
    table.flatMap(([command, icon]) => {
      const run = atHand.get(command);
      return run ? [{ key: command, group, label: en.keys[command], icon, keys: keysOf(command), run }] : [];
    });
  const canSync = (accounts.data?.items ?? []).some(isReadable) && !(runs.data?.items ?? []).some((run) => isActive(run) && readsMail(run));
  const commands: PaletteCommand[] = [
    ...keyed(en.search.here, HERE),
    ...keyed(en.search.commands, ANYWHERE),
    ...(canSync
      ? [
          {
            key: "sync",
            group: en.search.commands,
            label: en.search.syncNow,
            icon: RefreshCw,
            run: () => {
              sync({}).then(() => {
                toasts.say(en.search.syncStarted);
              }, toasts.fail);
            },
          },
        ]
      : []),
    {
      key: "theme",
      group: en.search.commands,
      label: scheme === "dark" ? en.search.light : en.search.dark,
      icon: scheme === "dark" ? Sun : Moon,
      run: () => {
        setColorScheme(scheme === "dark" ? "light" : "dark");
      },
    },
    { key: "sign-out", group: en.search.commands, label: en.actions.signOut, icon: LogOut, run: signOut },
    ...places.map((place) => ({
      key: place.to,
      group: en.search.goTo,
      label: place.label,
      also: en.search.goTo,
      icon: place.icon,
      keys: place.command && keysOf(place.command),
      run: () => {
        onGo(place);
      },
    })),
  ];
  return (
    <Palette
      commands={commands}
      onClose={onClose}
      onHit={(hit) => {
        const isMail = hit.kind === "email";
        const id = isMail ? hit.application_id : hit.id;
        if (id === null) onLoneMail(hit.id);
        else void navigate({ to: "/applications/$applicationId", params: { applicationId: id }, search: isMail ? { mail: hit.id } : {} });
      }}
    />
  );
}
