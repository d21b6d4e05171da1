import { ActionIcon, Menu } from "@mantine/core";
import { AlarmClock, Check } from "lucide-react";
import { en } from "@/i18n/en";
import { daysToMonday, morningIn } from "@/lib/snooze";

interface Props {
  label: string;
  opened: boolean;
  onOpened: (opened: boolean) => void;
  onSnooze: (until: string) => void;
  onDone?: () => void;
}

/** Put off until a morning, or done. */
export function SnoozeMenu({ label, opened, onOpened, onSnooze, onDone }: Props) {
  const choices: [string, number][] = [
    [en.today.tomorrow, 1],
    [en.today.threeDays, 3],
    [en.today.monday, daysToMonday()],
  ];
  return (
    <Menu opened={opened} onChange={onOpened} position="bottom-end" withinPortal shadow="md">
      <Menu.Target>
        <ActionIcon size={30} aria-label={label}>
          <AlarmClock size={16} strokeWidth={1.8} aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {onDone && (
          <>
            <Menu.Item leftSection={<Check size={14} aria-hidden="true" />} onClick={onDone}>
              {en.today.markDone}
            </Menu.Item>
            <Menu.Divider />
          </>
        )}
        <Menu.Label>{en.today.snooze}</Menu.Label>
        {choices.map(([text, days]) => (
          <Menu.Item
            key={text}
            onClick={() => {
              onSnooze(morningIn(days));
            }}
          >
            {text}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
