import { ActionIcon, Menu } from "@mantine/core";
import { Archive, ArchiveRestore, CopyCheck, Ellipsis, Merge, Pin, PinOff, Split, Trash2 } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import type { ApplicationDetail } from "@/api/types";
import { en } from "@/i18n/en";
import type { useActions } from "./useActions";

const DuplicatesDialog = lazy(async () => ({ default: (await import("./DuplicatesDialog")).DuplicatesDialog }));
const MergeDialog = lazy(async () => ({ default: (await import("./MergeDialog")).MergeDialog }));
const SplitDialog = lazy(async () => ({ default: (await import("./SplitDialog")).SplitDialog }));

/** What is done seldom: pin, make one of two, make two of one, put away, delete. */
export function MoreMenu({ application: a, actions }: { application: ApplicationDetail; actions: ReturnType<typeof useActions> }) {
  const [dialog, setDialog] = useState<"merge" | "split" | "duplicates" | null>(null);
  const close = () => {
    setDialog(null);
  };
  const away = a.archived_at !== null || a.deleted_at !== null;
  return (
    <>
      <Menu position="bottom-end" width="15rem">
        <Menu.Target>
          <ActionIcon aria-label={en.manage.more}>
            <Ellipsis size={16} aria-hidden="true" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={a.pinned ? <PinOff size={15} aria-hidden="true" /> : <Pin size={15} aria-hidden="true" />} onClick={actions.pin}>
            {a.pinned ? en.manage.unpin : en.manage.pin}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item
            leftSection={<Merge size={15} aria-hidden="true" />}
            onClick={() => {
              setDialog("merge");
            }}
          >
            {en.manage.merge}
          </Menu.Item>
          <Menu.Item
            leftSection={<Split size={15} aria-hidden="true" />}
            disabled={a.emails < 2}
            onClick={() => {
              setDialog("split");
            }}
          >
            {en.manage.split}
          </Menu.Item>
          <Menu.Item
            leftSection={<CopyCheck size={15} aria-hidden="true" />}
            onClick={() => {
              setDialog("duplicates");
            }}
          >
            {en.duplicates.open}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item leftSection={away ? <ArchiveRestore size={15} aria-hidden="true" /> : <Archive size={15} aria-hidden="true" />} onClick={actions.archive}>
            {away ? en.manage.restore : en.manage.archive}
          </Menu.Item>
          {a.deleted_at === null && (
            <Menu.Item color="red" leftSection={<Trash2 size={15} aria-hidden="true" />} onClick={actions.remove}>
              {en.manage.delete}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <Suspense fallback={null}>
        {dialog === "merge" && <MergeDialog application={a} onClose={close} />}
        {dialog === "duplicates" && <DuplicatesDialog onClose={close} />}
        {dialog === "split" && <SplitDialog application={a} onClose={close} />}
      </Suspense>
    </>
  );
}
