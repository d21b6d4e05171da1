import { UnstyledButton } from "@mantine/core";
import { Pencil } from "lucide-react";
import { useRef, useState } from "react";
import { usePatchApplication } from "@/api/applications/patch";
import { useRevokeDecisions } from "@/api/applications/revokeDecision";
import { useToasts } from "@/components/Toaster";
import { en } from "@/i18n/en";
import classes from "./EditableField.module.css";

export type Field = "company_name" | "job_title" | "location" | "salary_text" | "job_url" | "requisition_id" | "position_level";

interface Props {
  applicationId: number;
  field: Field;
  value: string | null;
  className?: string;
  placeholder?: string;
}

/**
 * Text that becomes an input where it stands. Enter or leaving saves, nothing left in it clears the field, Escape
 * leaves it as it was; each save can be undone.
 */
export function EditableField({ applicationId, field, value, className, placeholder }: Props) {
  const patch = usePatchApplication();
  const revoke = useRevokeDecisions();
  const toasts = useToasts();
  const [draft, setDraft] = useState<string | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const label = en.story.fields[field];

  const close = (refocus: boolean) => {
    setDraft(null);
    if (refocus) setTimeout(() => button.current?.focus());
  };
  const save = (refocus: boolean) => {
    const next = draft?.trim() || null;
    close(refocus);
    if (next === value) return;
    patch.mutate(
      { id: applicationId, change: { [field]: next } },
      {
        onSuccess: ({ decision_ids }) => {
          toasts.say(next === null ? en.story.cleared(label) : en.story.saved(label), () => {
            revoke.mutate(decision_ids ?? [], { onError: toasts.fail });
          });
        },
        onError: toasts.fail,
      },
    );
  };

  if (draft !== null) {
    return (
      <input
        className={`${classes.input} ${className ?? ""}`}
        aria-label={label}
        value={draft}
        size={Math.max(8, draft.length + 1)}
        // Editing was asked for with this very click.
        autoFocus
        onFocus={(event) => {
          event.currentTarget.select();
        }}
        onChange={(event) => {
          setDraft(event.currentTarget.value);
        }}
        onBlur={() => {
          save(false);
        }}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === "Enter") save(true);
          else if (event.key === "Escape") close(true);
        }}
      />
    );
  }
  return (
    <UnstyledButton
      ref={button}
      className={`${classes.text} ${className ?? ""}`}
      data-empty={!value || undefined}
      aria-label={value ? `${value}. ${en.story.editField(label)}` : placeholder ? `${placeholder}. ${en.story.add(label)}` : en.story.add(label)}
      onClick={() => {
        setDraft(value ?? "");
      }}
    >
      <span dir="auto">{value ?? placeholder ?? en.story.add(label)}</span>
      <Pencil size={12} aria-hidden="true" className={classes.pencil} />
    </UnstyledButton>
  );
}
