import { ActionIcon, Combobox, Pill, PillsInput, useCombobox } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Search, X } from "lucide-react";
import { type RefObject, useEffect, useMemo, useState } from "react";
import type { Application, Page } from "@/api/types";
import { en } from "@/i18n/en";
import { addTokens, type Filter, formatFilter, parseFilter, tokenText } from "@/lib/filter";
import { type Known, lastWordOf, suggest } from "@/lib/suggest";
import classes from "./FilterBox.module.css";

interface Props {
  filter: Filter;
  onChange: (filter: Filter) => void;
  inputRef: RefObject<HTMLInputElement | null>;
}

/** Long enough that a word typed quickly is one question, short enough to feel immediate. */
const DEBOUNCE_MS = 40;

/** Words and tokens in one box. A finished token becomes a pill; Backspace takes the last one out. */
export function FilterBox({ filter, onChange, inputRef }: Props) {
  const client = useQueryClient();
  const [text, setText] = useState(filter.text);
  const [outside, setOutside] = useState(filter.text);
  if (outside !== filter.text) {
    // The address changed by other means (back button, a chip): follow it.
    setOutside(filter.text);
    setText(filter.text);
  }
  const combobox = useCombobox({
    onDropdownClose: () => {
      combobox.resetSelectedOption();
    },
  });
  const opened = combobox.dropdownOpened;
  const word = lastWordOf(text);
  const hints = useMemo(() => (opened ? suggest(word, knownTo(client)).filter((hint) => hint.insert !== word) : []), [opened, word, client]);

  useEffect(() => {
    // A token still being typed is no word to look for; a space or Enter ends it.
    const typing = /^(\w+):/.test(word) && hints.length > 0;
    const words = (typing ? text.slice(0, text.length - word.length) : text).trim();
    if (words === filter.text) return;
    const timer = setTimeout(() => {
      setOutside(words);
      onChange({ ...filter, text: words });
    }, DEBOUNCE_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [text, word, hints, filter, onChange]);

  const take = (value: string) => {
    const parsed = parseFilter(value);
    if (parsed.tokens.length === 0) return false;
    onChange(addTokens(filter, parsed.tokens, parsed.text));
    setText(parsed.text);
    setOutside(parsed.text);
    return true;
  };
  const drop = (index: number) => {
    onChange({ ...filter, tokens: filter.tokens.filter((_, i) => i !== index) });
  };
  const clear = () => {
    setText("");
    setOutside("");
    onChange({ tokens: [], text: "" });
  };

  return (
    <Combobox
      store={combobox}
      onOptionSubmit={(token) => {
        const next = text.slice(0, text.length - word.length) + token;
        if (token.endsWith(":") || !take(next)) {
          setText(next);
          combobox.resetSelectedOption();
        } else combobox.closeDropdown();
        inputRef.current?.focus();
      }}
    >
      <Combobox.DropdownTarget>
        <PillsInput
          size="sm"
          leftSection={<Search size={15} aria-hidden="true" />}
          className={classes.box}
          onClick={() => inputRef.current?.focus()}
          rightSection={
            formatFilter(filter) || text ? (
              <ActionIcon size={24} aria-label={en.applications.clear} onClick={clear}>
                <X size={14} aria-hidden="true" />
              </ActionIcon>
            ) : null
          }
        >
          <Pill.Group gap={4}>
            {filter.tokens.map((token, i) => (
              <Pill
                key={tokenText(token)}
                withRemoveButton
                className={classes.pill}
                removeButtonProps={{ "aria-label": en.applications.removeToken(tokenText(token)), "aria-hidden": false, tabIndex: 0 }}
                onRemove={() => {
                  drop(i);
                }}
              >
                {tokenText(token)}
              </Pill>
            ))}
            <Combobox.EventsTarget>
              <PillsInput.Field
                ref={inputRef}
                value={text}
                aria-label={en.applications.filter}
                placeholder={filter.tokens.length === 0 ? en.applications.filterPlaceholder : ""}
                onClick={() => {
                  combobox.openDropdown();
                }}
                onBlur={() => {
                  combobox.closeDropdown();
                }}
                onChange={(event) => {
                  const value = event.currentTarget.value;
                  combobox.openDropdown();
                  combobox.resetSelectedOption();
                  // A space inside a quotation ends nothing.
                  if (!(/\s$/.test(value) && lastWordOf(value) === "" && take(value))) setText(value);
                }}
                onKeyDown={(event) => {
                  if (event.key === "Backspace" && text === "" && filter.tokens.length > 0) {
                    event.preventDefault();
                    drop(filter.tokens.length - 1);
                  } else if (event.key === "Enter" && combobox.getSelectedOptionIndex() < 0) {
                    event.preventDefault();
                    take(text);
                    combobox.closeDropdown();
                  } else if (event.key === "Escape") {
                    event.currentTarget.blur();
                  }
                }}
              />
            </Combobox.EventsTarget>
          </Pill.Group>
        </PillsInput>
      </Combobox.DropdownTarget>
      <Combobox.Dropdown hidden={hints.length === 0}>
        <Combobox.Options aria-label={en.applications.tokens.title} mah="20rem" className={classes.hints}>
          {hints.map(({ insert, meaning }) => (
            <Combobox.Option key={insert} value={insert} className={classes.hint}>
              <code className={classes.token} dir="auto">
                {insert}
              </code>
              <span className={classes.meaning}>{meaning}</span>
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

/** What the lists that are loaded hold to choose from. */
function knownTo(client: ReturnType<typeof useQueryClient>): Known {
  const rows = client
    .getQueriesData<Page<Application>>({ queryKey: ["applications", "list"] })
    .flatMap(([, page]) => page?.items ?? []);
  return { companies: rows.flatMap((row) => row.company_name ?? []), tags: rows.flatMap((row) => row.tags) };
}
