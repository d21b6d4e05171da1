import { SegmentedControl, useMantineColorScheme } from "@mantine/core";
import { en } from "@/i18n/en";

export function Appearance() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SegmentedControl
      aria-label={en.theme.label}
      value={colorScheme}
      onChange={setColorScheme}
      data={[
        { value: "auto", label: en.theme.auto },
        { value: "light", label: en.theme.light },
        { value: "dark", label: en.theme.dark },
      ]}
    />
  );
}
