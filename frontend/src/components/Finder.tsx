import { CornerDownLeft, Search } from "lucide-react";
import { Fragment, type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { en } from "@/i18n/en";
import classes from "./Finder.module.css";

/** One thing that can be chosen. Those of one group stand together, under its name. */
export interface Choice {
  key: string;
  group?: string;
  content: ReactNode;
  /** What stands at the far end, such as a date or a key. */
  aside?: ReactNode;
  run: () => void;
}

interface Props {
  /** What the box is for, also read out. */
  label: string;
  placeholder: string;
  words: string;
  onWords: (words: string) => void;
  choices: readonly Choice[];
  busy: boolean;
  /** What there is to say about the choices, in a sentence. */
  note: string;
  /** Keeps its height however many there are. */
  steady?: boolean;
}

/** A box to write in and what that finds: arrows move, Enter or a click chooses. */
export function Finder({ label, placeholder, words, onWords, choices, busy, note, steady = false }: Props) {
  const [active, setActive] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const byKeys = useRef(false);
  const id = useId();
  const chosen = Math.min(active, Math.max(0, choices.length - 1));
  useEffect(() => {
    if (byKeys.current) list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [chosen, choices]);
  const key = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const count = Math.max(1, choices.length);
    byKeys.current = true;
    if (event.key === "ArrowDown") setActive((chosen + 1) % count);
    else if (event.key === "ArrowUp") setActive((chosen - 1 + count) % count);
    else if (event.key === "Enter") choices[chosen]?.run();
    else return;
    event.preventDefault();
  };
  const option = (choice: Choice, i: number) => (
    <div
      key={choice.key}
      id={`${id}-${i}`}
      role="option"
      aria-selected={i === chosen}
      className={classes.option}
      onPointerMove={() => {
        byKeys.current = false;
        setActive(i);
      }}
      onClick={choice.run}
    >
      {choice.content}
      {choice.aside && <span className={classes.aside}>{choice.aside}</span>}
      {i === chosen && <CornerDownLeft size={13} aria-hidden="true" className={classes.icon} />}
    </div>
  );
  const groups = [...new Set(choices.map((choice) => choice.group))];
  const numbered = choices.map((choice, i) => ({ choice, i }));
  return (
    <div>
      <div className={classes.box}>
        <Search size={17} aria-hidden="true" className={classes.icon} />
        <input
          data-autofocus
          className={classes.input}
          role="combobox"
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={choices[chosen] ? `${id}-${chosen}` : undefined}
          aria-label={label}
          placeholder={placeholder}
          value={words}
          onChange={(event) => {
            byKeys.current = true;
            setActive(0);
            onWords(event.currentTarget.value);
          }}
          onKeyDown={key}
        />
        <kbd className={classes.key}>{en.keys.names.Escape}</kbd>
      </div>
      <div ref={list} role="listbox" id={`${id}-list`} aria-label={label} aria-busy={busy} className={classes.list} data-steady={steady || undefined}>
        {groups.map((group) => {
          const members = numbered.filter(({ choice }) => choice.group === group).map(({ choice, i }) => option(choice, i));
          return group === undefined ? (
            <Fragment key="">{members}</Fragment>
          ) : (
            <div key={group} role="group" aria-label={group}>
              <p aria-hidden="true" className={classes.heading}>
                {group}
              </p>
              {members}
            </div>
          );
        })}
      </div>
      <p className={classes.note} role="status">
        {note}
      </p>
    </div>
  );
}

/** The usual content of a choice: a sign, a name, and a line that tells it from others. */
export function ChoiceText({ icon, title, detail }: { icon: ReactNode; title: string; detail?: string | null }) {
  return (
    <>
      <span className={classes.icon}>{icon}</span>
      <span className={classes.text}>
        <span className={classes.title} dir="auto">
          {title}
        </span>
        {detail && (
          <span className={classes.detail} dir="auto">
            {detail}
          </span>
        )}
      </span>
    </>
  );
}
