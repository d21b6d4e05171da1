import { Modal } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { findQuery } from "@/api/applications/find";
import { sentenceOf } from "@/api/problem";
import type { Application } from "@/api/types";
import { companyOf, titleOf } from "@/components/ApplicationRow";
import { CompanyAvatar } from "@/components/CompanyAvatar";
import { ChoiceText, Finder } from "@/components/Finder";
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
  const [settled] = useDebouncedValue(words.trim(), 80);
  const { data, error, isFetching } = useQuery(findQuery(settled));
  const found = (data ?? []).filter((each) => !without.includes(each.id));
  return (
    <Modal opened onClose={onClose} title={title} size="34rem" yOffset="12vh" classNames={{ body: classes.body }} closeButtonProps={{ "aria-label": en.actions.close }}>
      {detail && <p className={classes.detail}>{detail}</p>}
      <Finder
        label={en.manage.find}
        placeholder={en.manage.findHint}
        words={words}
        onWords={setWords}
        busy={isFetching}
        note={error ? sentenceOf(error) : data && found.length === 0 ? en.search.none(words.trim()) : ""}
        steady
        choices={found.map((each) => ({
          key: String(each.id),
          content: <ChoiceText icon={<CompanyAvatar name={companyOf(each)} />} title={companyOf(each)} detail={titleOf(each)} />,
          aside: <StageChip stage={each.stage} />,
          run: () => {
            onPick(each);
          },
        }))}
      />
    </Modal>
  );
}
