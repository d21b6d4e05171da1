import { useQuery } from "@tanstack/react-query";
import { Plus, X } from "lucide-react";
import { useId, useState } from "react";
import { tagsQuery, useTag } from "@/api/applications/tags";
import { useToasts } from "@/components/Toaster";
import { en } from "@/i18n/en";
import classes from "./Tags.module.css";

/** A person's own words for an application; known ones are offered while typing. */
export function Tags({ applicationId, tags }: { applicationId: number; tags: readonly string[] }) {
  const [draft, setDraft] = useState<string | null>(null);
  const { data: known } = useQuery({ ...tagsQuery, enabled: draft !== null });
  const { add, remove } = useTag(applicationId, tags);
  const toasts = useToasts();
  const list = useId();
  const take = (name: string) => {
    const tag = name.trim();
    if (tag && !tags.some((each) => each.toLowerCase() === tag.toLowerCase())) add.mutate(tag, { onError: toasts.fail });
  };
  return (
    <ul className={classes.tags} aria-label={en.manage.tags}>
      {tags.map((tag) => (
        <li key={tag} className={classes.tag}>
          <span dir="auto">{tag}</span>
          <button
            type="button"
            className={classes.remove}
            aria-label={en.manage.untag(tag)}
            onClick={() => {
              remove.mutate(tag, {
                onSuccess: () => {
                  toasts.say(en.manage.untagged(tag), () => {
                    add.mutate(tag, { onError: toasts.fail });
                  });
                },
                onError: toasts.fail,
              });
            }}
          >
            <X size={11} aria-hidden="true" />
          </button>
        </li>
      ))}
      <li>
        {draft === null ? (
          <button
            type="button"
            className={classes.add}
            onClick={() => {
              setDraft("");
            }}
          >
            <Plus size={12} aria-hidden="true" />
            {en.manage.addTag}
          </button>
        ) : (
          <>
            <input
              className={classes.input}
              aria-label={en.manage.addTag}
              list={list}
              value={draft}
              maxLength={50}
              size={14}
              // Typing was asked for with this very click.
              autoFocus
              onChange={(event) => {
                setDraft(event.currentTarget.value);
              }}
              onBlur={() => {
                take(draft);
                setDraft(null);
              }}
              onKeyDown={(event) => {
                event.stopPropagation();
                if (event.key === "Enter" || event.key === ",") {
                  event.preventDefault();
                  take(draft);
                  setDraft("");
                } else if (event.key === "Escape") setDraft(null);
              }}
            />
            <datalist id={list}>
              {(known ?? []).map((tag) => (
                <option key={tag.id} value={tag.name} />
              ))}
            </datalist>
          </>
        )}
      </li>
    </ul>
  );
}
