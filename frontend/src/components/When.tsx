import { Tooltip } from "@mantine/core";
import { ago, exact } from "@/lib/dates";

/** How long ago, exact on hover and for screen readers. */
export function When({ at, text }: { at: string; text?: string }) {
  return (
    <Tooltip label={exact(at)}>
      <time dateTime={at}>{text ?? ago(at)}</time>
    </Tooltip>
  );
}
