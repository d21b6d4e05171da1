import { ActionIcon, Combobox, Pill, PillsInput, useCombobox } from "@mantine/core";
import { Search, X } from "lucide-react";
import { type RefObject, useEffect, useState } from "react";
import { en } from "@/i18n/en";
import { type Filter, formatFilter, parseFilter, tokenText } from "@/lib/filter";
import classes from "./FilterBox.module.css";

interface Props {
  filter: Filter;
  onChange: (filter: Filter) => void;
  inputRef: RefObject<HTMLInputElement | null>;
}

const DEBOUNCE_MS = 150;

/** Words and tokens in one box. A finished token becomes a pill; Backspace takes the last one out. */
export function FilterBox({ filter, onChange, inputRef }: Props) {
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

  useEffect(() => {
    if (text.trim() === filter.text) return;
    const timer = setTimeout(() => {
      // A token still being typed stays text until a space or Enter ends it.
      onChange({ ...filter, text: text.trim() });
    }, DEBOUNCE_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [text, filter, onChange]);

  const take = (value: string) => {
    const parsed = parseFilter(value);
    if (parsed.tokens.length === 0) return false;
    const kept = filter.tokens.filter((t) => !parsed.tokens.some((p) => p.key === t.key));
    onChange({ tokens: [...kept, ...parsed.tokens], text: parsed.text });
    setText(parsed.text);
    setOutside(parsed.text);
    return true;
  };
  const drop = (index: number) => {
    onChange({ ...filter, tokens: filter.tokens.filter((_, i) => i !== index) });
  };
  const lastWord = text.split(/\s+/).at(-1)?.toLowerCase() ?? "";
  const hints = en.applications.tokens.hints.filter(([token]) => (lastWord === "" ? text === "" : token.startsWith(lastWord) && token !== lastWord));

  return (
    <Combobox
      store={combobox}
      onOptionSubmit={(token) => {
        const before = text.split(/\s+/).slice(0, -1).join(" ");
        const next = [before, token].filter(Boolean).join(" ");
        if (token.endsWith(":") || !take(next)) setText(next);
        combobox.closeDropdown();
        inputRef.current?.focus();
      }}
    >
      <Combobox.DropdownTarget>
        <PillsInput size="sm" leftSection={<Search size={15} aria-hidden="true" />} className={classes.box} onClick={() => inputRef.current?.focus()}
          rightSection={
            formatFilter(filter) || text ? (
              <ActionIcon
                size={24}
                aria-label={en.applications.clear}
                onClick={() => {
                  setText("");
                  setOutside("");
                  onChange({ tokens: [], text: "" });
                }}
              >
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
                  if (!(/\s$/.test(value) && take(value))) setText(value);
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
        <Combobox.Options aria-label={en.applications.tokens.title}>
          {hints.map(([token, meaning]) => (
            <Combobox.Option key={token} value={token} className={classes.hint}>
              <code className={classes.token}>{token}</code>
              <span className={classes.meaning}>{meaning}</span>
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
