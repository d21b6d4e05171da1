import { Modal } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { Briefcase, CornerDownLeft, type LucideIcon, Mail, Search } from "lucide-react";
import { type KeyboardEvent, useId, useState } from "react";
import { searchQuery } from "@/api/search";
import type { SearchHit } from "@/api/types";
import { sentenceOf } from "@/api/problem";
import { en } from "@/i18n/en";
import { ago } from "@/lib/dates";
import classes from "./Palette.module.css";

export interface Place {
  key: string;
  label: string;
  icon: LucideIcon;
  go: () => void;
}

interface Props {
  opened: boolean;
  onClose: () => void;
  places: readonly Place[];
  onHit: (hit: SearchHit) => void;
}

/** Find anything, go anywhere: one box over applications, mail and pages. */
export function Palette({ opened, onClose, places, onHit }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} withCloseButton={false} padding={0} size="38rem" yOffset="12vh" attributes={{ header: { role: "presentation" }, content: { "aria-label": en.search.title } }}>
      <Body onClose={onClose} places={places} onHit={onHit} />
    </Modal>
  );
}

interface Entry {
  key: string;
  icon: LucideIcon;
  title: string;
  subtitle: string | null;
  aside: string;
  run: () => void;
}

function Body({ onClose, places, onHit }: Omit<Props, "opened">) {
  const [q, setQ] = useState("");
  const [active, setActive] = useState(0);
  const [settled] = useDebouncedValue(q.trim(), 120);
  const { data, error, isFetching } = useQuery(searchQuery(settled));
  const id = useId();
  const hits = settled.length > 1 && q.trim().length > 1 ? (data?.items ?? []) : [];
  const word = q.trim().toLowerCase();
  const entries: Entry[] = [
    ...hits.map((hit) => ({
      key: `${hit.kind}-${hit.id}`,
      icon: hit.kind === "email" ? Mail : Briefcase,
      title: hit.title,
      subtitle: [hit.subtitle, hit.snippet].filter(Boolean).join(" · ") || null,
      aside: ago(hit.at),
      run: () => {
        onHit(hit);
      },
    })),
    ...places
      .filter((p) => !word || p.label.toLowerCase().includes(word))
      .map((p) => ({ key: p.key, icon: p.icon, title: p.label, subtitle: null, aside: en.search.goTo, run: p.go })),
  ];
  const chosen = Math.min(active, Math.max(0, entries.length - 1));
  const run = (entry: Entry | undefined) => {
    if (!entry) return;
    onClose();
    entry.run();
  };
  const key = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") setActive((chosen + 1) % Math.max(1, entries.length));
    else if (event.key === "ArrowUp") setActive((chosen - 1 + entries.length) % Math.max(1, entries.length));
    else if (event.key === "Enter") run(entries[chosen]);
    else return;
    event.preventDefault();
  };
  return (
    <div className={classes.palette}>
      <div className={classes.box}>
        <Search size={17} aria-hidden="true" className={classes.icon} />
        <input
          data-autofocus
          className={classes.input}
          role="combobox"
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={entries[chosen] ? `${id}-${chosen}` : undefined}
          aria-label={en.search.title}
          placeholder={en.search.placeholder}
          value={q}
          onChange={(event) => {
            setQ(event.currentTarget.value);
            setActive(0);
          }}
          onKeyDown={key}
        />
        <kbd className={classes.kbd}>Esc</kbd>
      </div>
      <div role="listbox" id={`${id}-list`} aria-label={en.search.title} className={classes.list} aria-busy={isFetching}>
        {entries.map((entry, i) => (
          <div
            key={entry.key}
            id={`${id}-${i}`}
            role="option"
            aria-selected={i === chosen}
            className={classes.entry}
            onPointerMove={() => {
              setActive(i);
            }}
            onClick={() => {
              run(entry);
            }}
          >
            <entry.icon size={15} aria-hidden="true" className={classes.icon} />
            <span className={classes.text}>
              <span className={classes.title} dir="auto">
                {entry.title}
              </span>
              {entry.subtitle && (
                <span className={classes.subtitle} dir="auto">
                  {entry.subtitle}
                </span>
              )}
            </span>
            <span className={classes.aside}>{entry.aside}</span>
            {i === chosen && <CornerDownLeft size={13} aria-hidden="true" className={classes.icon} />}
          </div>
        ))}
      </div>
      <p className={classes.note} role="status">
        {error
          ? sentenceOf(error)
          : word.length > 1 && hits.length === 0 && !isFetching && settled === q.trim()
            ? en.search.none(q.trim())
            : word.length <= 1
              ? en.search.hint
              : en.search.results(hits.length)}
      </p>
    </div>
  );
}
