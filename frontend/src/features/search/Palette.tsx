import { Modal } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { Briefcase, type LucideIcon, Mail } from "lucide-react";
import { useState } from "react";
import { sentenceOf } from "@/api/problem";
import { searchQuery } from "@/api/search";
import type { SearchHit } from "@/api/types";
import { type Choice, ChoiceText, Finder } from "@/components/Finder";
import { Keys } from "@/components/Keys";
import { en } from "@/i18n/en";
import { ago } from "@/lib/dates";
import { answersTo } from "@/lib/words";

/** Something the page can do or go to, by its name. */
export interface PaletteCommand {
  key: string;
  group: string;
  label: string;
  /** What it is found by, beside its name. */
  also?: string;
  icon: LucideIcon;
  keys?: readonly string[] | undefined;
  run: () => void;
}

interface Props {
  commands: readonly PaletteCommand[];
  onHit: (hit: SearchHit) => void;
  onClose: () => void;
}

/** Find anything, go anywhere, do anything: one box over commands, applications and mail. */
export function Palette({ commands, onHit, onClose }: Props) {
  return (
    <Modal opened onClose={onClose} withCloseButton={false} padding={0} size="38rem" yOffset="12vh" attributes={{ header: { role: "presentation" }, content: { "aria-label": en.search.title } }}>
      <Body commands={commands} onHit={onHit} onClose={onClose} />
    </Modal>
  );
}

function Body({ commands, onHit, onClose }: Props) {
  const [words, setWords] = useState("");
  const asked = words.trim();
  const [settled] = useDebouncedValue(asked, 120);
  const { data, error, isFetching } = useQuery(searchQuery(settled));
  const hits = settled.length > 1 && asked.length > 1 ? (data?.items ?? []) : [];
  // What is there at once stands first, so that Enter means the same before and after the search has answered.
  const fitting = commands.filter((command) => answersTo(`${command.also ?? ""} ${command.label}`, asked));
  const choices: Choice[] = [
    ...fitting.map(({ key, group, label, icon: Icon, keys, run }) => ({
      key,
      group: asked ? en.search.commands : group,
      content: <ChoiceText icon={<Icon size={15} aria-hidden="true" />} title={label} />,
      aside: keys && <Keys keys={keys} />,
      run: () => {
        onClose();
        // The window has to be gone before something else can take the focus.
        setTimeout(run);
      },
    })),
    ...hits.map((hit) => {
      const Icon = hit.kind === "email" ? Mail : Briefcase;
      return {
        key: `${hit.kind}-${hit.id}`,
        group: en.search.found,
        content: <ChoiceText icon={<Icon size={15} aria-hidden="true" />} title={hit.title} detail={[hit.subtitle, hit.snippet].filter(Boolean).join(" · ")} />,
        aside: ago(hit.at),
        run: () => {
          onClose();
          onHit(hit);
        },
      };
    }),
  ];
  const waiting = isFetching || settled !== asked;
  const note = error
    ? sentenceOf(error)
    : asked.length <= 1
      ? en.search.hint
      : hits.length > 0
        ? en.search.results(hits.length)
        : waiting
          ? en.search.looking
          : fitting.length > 0
            ? en.search.noneButCommands(asked)
            : en.search.none(asked);
  return <Finder label={en.search.title} placeholder={en.search.placeholder} words={words} onWords={setWords} choices={choices} busy={waiting} note={note} />;
}
