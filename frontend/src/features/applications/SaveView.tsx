import { Button, Popover, TextInput, UnstyledButton } from "@mantine/core";
import { Bookmark } from "lucide-react";
import { useState } from "react";
import { useViews } from "@/api/applications/views";
import { useToasts } from "@/components/Toaster";
import { en } from "@/i18n/en";
import classes from "./Toolbar.module.css";

/** Keeps the filter, order and layout of the address under a name in the rail. */
export function SaveView({ query, suggestion }: { query: string; suggestion: string }) {
  const [opened, setOpened] = useState(false);
  const [name, setName] = useState("");
  const { save, forget } = useViews();
  const toasts = useToasts();
  const keep = () => {
    const chosen = name.trim();
    if (!chosen) return;
    save.mutate(
      { name: chosen, query },
      {
        onSuccess: (view) => {
          setOpened(false);
          toasts.say(en.views.saved(view.name), () => {
            forget.mutate(view.id, { onError: toasts.fail });
          });
        },
        onError: toasts.fail,
      },
    );
  };
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" width="17rem" trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton
          className={classes.sort}
          onClick={() => {
            setName(suggestion.slice(0, 100));
            setOpened(!opened);
          }}
        >
          <Bookmark size={14} aria-hidden="true" />
          <span className={classes.word}>{en.views.save}</span>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label={en.views.save}>
        <form
          className={classes.form}
          onSubmit={(event) => {
            event.preventDefault();
            keep();
          }}
        >
          <TextInput
            label={en.views.name}
            data-autofocus
            maxLength={100}
            value={name}
            onChange={(event) => {
              setName(event.currentTarget.value);
            }}
          />
          <Button type="submit" size="compact-sm" loading={save.isPending} disabled={name.trim() === ""}>
            {en.actions.save}
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
