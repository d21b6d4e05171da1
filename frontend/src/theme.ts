import { createTheme, type MantineColorsTuple } from "@mantine/core";

const indigo: MantineColorsTuple = ["#eeedfb", "#dcdaf7", "#bcb8f0", "#a6a1f7", "#8f89f2", "#6a63e0", "#4c46c4", "#4640b8", "#3f39ab", "#322d8c"];

export const theme = createTheme({
  primaryColor: "indigo",
  primaryShade: { light: 6, dark: 5 },
  colors: { indigo },
  fontFamily: "'Inter Variable', system-ui, -apple-system, 'Segoe UI', sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', Menlo, Consolas, monospace",
  defaultRadius: 8,
  fontSizes: { xs: "0.75rem", sm: "0.8125rem", md: "0.875rem", lg: "1rem", xl: "1.25rem" },
  headings: { fontWeight: "620" },
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: "sm" } },
    ActionIcon: { defaultProps: { variant: "subtle", size: 32 } },
    TextInput: { defaultProps: { size: "sm" } },
    PasswordInput: { defaultProps: { size: "sm" } },
    Tooltip: { defaultProps: { openDelay: 350, withArrow: false, offset: 6, transitionProps: { duration: 120 } } },
    // Without the placeholder the first item takes the focus, and a menu holds nothing but items.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false, radius: 8, shadow: "none", transitionProps: { duration: 120, transition: "pop-top-left" } } },
    HoverCard: { defaultProps: { radius: 8, shadow: "none", openDelay: 200, closeDelay: 80 } },
    Popover: { defaultProps: { radius: 8, shadow: "none" } },
    Modal: { defaultProps: { attributes: { header: { role: "presentation" } }, radius: 12, overlayProps: { backgroundOpacity: 0.35 }, transitionProps: { duration: 140, transition: "pop" } } },
    Skeleton: { defaultProps: { radius: 6 } },
  },
});
