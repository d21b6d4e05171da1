import { Menu, UnstyledButton, useMantineColorScheme } from "@mantine/core";
import { Keyboard, LogOut, Monitor, Moon, Settings, Sun } from "lucide-react";
import type { Me } from "@/api/types";
import { en } from "@/i18n/en";
import { initialsOf } from "@/lib/avatar";
import classes from "./UserMenu.module.css";

interface Props {
  me: Me;
  onSignOut: () => void;
  onKeys: () => void;
  onSettings: () => void;
}

export function UserMenu({ me, onSignOut, onKeys, onSettings }: Props) {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const name = me.display_name || me.username;
  const schemes = [
    { key: "auto", label: en.theme.auto, icon: Monitor },
    { key: "light", label: en.theme.light, icon: Sun },
    { key: "dark", label: en.theme.dark, icon: Moon },
  ] as const;
  return (
    <Menu position="bottom-end" width="13.5rem">
      <Menu.Target>
        <UnstyledButton className={classes.button} aria-label={en.nav.account(name)} data-initials={initialsOf(name)} />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{name}</Menu.Label>
        <Menu.Item leftSection={<Settings size={15} aria-hidden="true" />} onClick={onSettings}>
          {en.nav.settings}
        </Menu.Item>
        <Menu.Item leftSection={<Keyboard size={15} aria-hidden="true" />} onClick={onKeys}>
          {en.actions.keys}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{en.theme.label}</Menu.Label>
        {schemes.map(({ key, label, icon: Icon }) => (
          <Menu.Item
            key={key}
            aria-current={colorScheme === key || undefined}
            data-chosen={colorScheme === key || undefined}
            className={classes.scheme}
            leftSection={<Icon size={15} aria-hidden="true" />}
            closeMenuOnClick={false}
            onClick={() => {
              setColorScheme(key);
            }}
          >
            {label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<LogOut size={15} aria-hidden="true" />} onClick={onSignOut}>
          {en.actions.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
