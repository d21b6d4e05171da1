import { ActionIcon, Button, Menu, Popover, TextInput } from "@mantine/core";
import { Archive, ArchiveRestore, Merge, Tag, Trash2, X } from "lucide-react";
import { useState } from "react";
import { useBulk } from "@/api/applications/manage";
import { useRevokeDecisions } from "@/api/applications/revokeDecision";
import type { BulkAction } from "@/api/types";
import { StageIcon } from "@/components/StageChip";
import { useToasts } from "@/components/Toaster";
import { en } from "@/i18n/en";
import { STAGES } from "@/lib/stages";
import { useMergeThem } from "./useMergeThem";
import classes from "./BulkBar.module.css";

interface Props {
  ids: ReadonlySet<number>;
  /** True where the list shows those that were put away. */
  archived: boolean;
  onClear: () => void;
}

/** What can be done with everything that is marked; each with one undo for all of it. */
export function BulkBar({ ids, archived, onClear }: Props) {
  const bulk = useBulk();
  const revoke = useRevokeDecisions();
  const merge = useMergeThem();
  const toasts = useToasts();
  const [tagging, setTagging] = useState(false);
  const [tag, setTag] = useState("");
  const n = ids.size;
  const all = [...ids];
  const act = (action: BulkAction, sentence: (done: number) => string) => {
    bulk.mutate(
      { ids: all, action },
      {
        onSuccess: ({ done, failed, decisionIds }) => {
          const undo =
            action.action === "tag" && action.tag
              ? () => {
                  bulk.mutate({ ids: all, action: { action: "untag", tag: action.tag ?? null } }, { onError: toasts.fail });
                }
              : () => {
                  revoke.mutate(decisionIds, { onError: toasts.fail });
                };
          if (done > 0) toasts.say(failed.length > 0 ? `${sentence(done)}. ${en.bulk.failed(failed.length, failed[0]?.detail ?? "")}` : sentence(done), undo);
          else toasts.say(en.bulk.failed(failed.length, failed[0]?.detail ?? ""));
          onClear();
        },
        onError: toasts.fail,
      },
    );
  };
  return (
    <div className={classes.bar} role="toolbar" aria-label={en.bulk.label}>
      <span className={classes.count} role="status">
        {en.bulk.marked(n)}
      </span>
      <Menu position="top-start" width="11rem">
        <Menu.Target>
          <Button size="compact-sm" variant="default" disabled={bulk.isPending}>
            {en.bulk.stage}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {STAGES.map((stage) => (
            <Menu.Item
              key={stage}
              leftSection={<StageIcon stage={stage} size={15} />}
              onClick={() => {
                act({ action: "stage", stage }, (done) => en.bulk.moved(done, en.stages[stage]));
              }}
            >
              {en.stages[stage]}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Popover opened={tagging} onChange={setTagging} position="top-start" width="15rem" trapFocus returnFocus>
        <Popover.Target>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<Tag size={13} aria-hidden="true" />}
            disabled={bulk.isPending}
            onClick={() => {
              setTagging(!tagging);
            }}
          >
            {en.bulk.tag}
          </Button>
        </Popover.Target>
        <Popover.Dropdown aria-label={en.bulk.tag}>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              const name = tag.trim();
              if (!name) return;
              setTagging(false);
              setTag("");
              act({ action: "tag", tag: name }, (done) => en.bulk.tagged(done, name));
            }}
          >
            <TextInput
              data-autofocus
              aria-label={en.manage.addTag}
              placeholder={en.manage.addTag}
              maxLength={50}
              value={tag}
              onChange={(event) => {
                setTag(event.currentTarget.value);
              }}
            />
          </form>
        </Popover.Dropdown>
      </Popover>
      {n > 1 && n <= 20 && (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<Merge size={13} aria-hidden="true" />}
          onClick={() => {
            merge(all, onClear);
          }}
        >
          {en.bulk.merge}
        </Button>
      )}
      <Button
        size="compact-sm"
        variant="default"
        leftSection={archived ? <ArchiveRestore size={13} aria-hidden="true" /> : <Archive size={13} aria-hidden="true" />}
        disabled={bulk.isPending}
        onClick={() => {
          if (archived) act({ action: "restore" }, en.bulk.restored);
          else act({ action: "archive" }, en.bulk.archived);
        }}
      >
        {archived ? en.manage.restore : en.manage.archive}
      </Button>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<Trash2 size={13} aria-hidden="true" />}
        disabled={bulk.isPending}
        onClick={() => {
          act({ action: "delete" }, en.bulk.deleted);
        }}
      >
        {en.manage.delete}
      </Button>
      <ActionIcon size={28} aria-label={en.bulk.clear} onClick={onClear}>
        <X size={15} aria-hidden="true" />
      </ActionIcon>
    </div>
  );
}
