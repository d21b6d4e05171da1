import { Modal } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { Search } from "lucide-react";
import { type KeyboardEvent, useId, useState } from "react";
import { findQuery } from "@/api/applications/find";
import { sentenceOf } from "@/api/problem";
import type { Application } from "@/api/types";
import { companyOf, titleOf } from "@/components/ApplicationRow";
import { CompanyAvatar } from "@/components/CompanyAvatar";
import { StageChip } from "@/components/StageChip";
import { en } from "@/i18n/en";
import classes from "./ApplicationPicker.module.css";

interface Props {
  title: string;
  /** What choosing one does, in a sentence. */
  detail?: string;
  /** Those that can't be chosen, such as the one it is about. */
  without: readonly number[];
  onPick: (application: Application) => void;
  onClose: () => void;
}

/** Which application is meant: found by words, chosen by keys or a click. */
export function ApplicationPicker({ title, detail, without, onPick, onClose }: Props) {
  const [words, setWords] = useState("");
  const [active, setActive] = useState(0);
  const [settled] = useDebouncedValue(words.trim(), 80);
  const { data, error, isFetching } = useQuery(findQuery(settled));
  const id = useId();
  const found = (data ?? []).filter((each) => !without.includes(each.id));
  const chosen = Math.min(active, Math.max(0, found.length - 1));
  const key = (event: KeyboardEvent) => {
    const pick = found[chosen];
    if (event.key === "ArrowDown") setActive((chosen + 1) % Math.max(1, found.length));
    else if (event.key === "ArrowUp") setActive((chosen - 1 + found.length) % Math.max(1, found.length));
    else if (event.key === "Enter" && pick) onPick(pick);
    else return;
    event.preventDefault();
  };
  return (
    <Modal opened onClose={onClose} title={title} size="34rem" yOffset="12vh" closeButtonProps={{ "aria-label": en.actions.close }}>
      {detail && <p className={classes.detail}>{detail}</p>}
      <div className={classes.box}>
        <Search size={15} aria-hidden="true" className={classes.icon} />
        <input
          data-autofocus
          className={classes.input}
          role="combobox"
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={found[chosen] ? `${id}-${chosen}` : undefined}
          aria-label={en.manage.find}
          placeholder={en.manage.findHint}
          value={words}
          onChange={(event) => {
            setWords(event.currentTarget.value);
            setActive(0);
          }}
          onKeyDown={key}
        />
      </div>
      <div role="listbox" id={`${id}-list`} aria-label={title} aria-busy={isFetching} className={classes.list}>
        {found.map((each, i) => (
          <div
            key={each.id}
            id={`${id}-${i}`}
            role="option"
            aria-selected={i === chosen}
            className={classes.option}
            onPointerMove={() => {
              setActive(i);
            }}
            onClick={() => {
              onPick(each);
            }}
          >
            <CompanyAvatar name={companyOf(each)} />
            <span className={classes.text}>
              <span className={classes.company} dir="auto">
                {companyOf(each)}
              </span>
              <span className={classes.title} dir="auto">
                {titleOf(each)}
              </span>
            </span>
            <StageChip stage={each.stage} />
          </div>
        ))}
      </div>
      <p className={classes.note} role="status">
        {error ? sentenceOf(error) : data && found.length === 0 ? en.search.none(words.trim()) : ""}
      </p>
    </Modal>
  );
}
