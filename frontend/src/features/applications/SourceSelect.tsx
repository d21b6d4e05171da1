import { NativeSelect } from "@mantine/core";
import { usePatchApplication } from "@/api/applications/patch";
import { useRevokeDecisions } from "@/api/applications/revokeDecision";
import type { Application, Source } from "@/api/types";
import { useToasts } from "@/components/Toaster";
import { en } from "@/i18n/en";
import { SOURCES } from "@/lib/filter";

/** Where the application came from: read from mail, or said. */
export function SourceSelect({ application: a }: { application: Application }) {
  const patch = usePatchApplication();
  const revoke = useRevokeDecisions();
  const toasts = useToasts();
  return (
    <NativeSelect
      size="xs"
      maw="12rem"
      aria-label={en.story.fields.source}
      value={a.source}
      data={SOURCES.map((each) => ({ value: each, label: en.applications.source[each] || en.applications.tokens.sourceUnknown }))}
      onChange={(event) => {
        patch.mutate(
          { id: a.id, change: { source: event.currentTarget.value as Source } },
          {
            onSuccess: ({ decision_ids }) => {
              toasts.say(en.story.saved(en.story.fields.source), () => {
                revoke.mutate(decision_ids ?? [], { onError: toasts.fail });
              });
            },
            onError: toasts.fail,
          },
        );
      }}
    />
  );
}
