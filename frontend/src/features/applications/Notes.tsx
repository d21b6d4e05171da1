import { Button, Textarea } from "@mantine/core";
import { Pencil, StickyNote, Trash2 } from "lucide-react";
import { type RefObject, useState } from "react";
import { useNotes } from "@/api/applications/notes";
import type { ApplicationDetail, Note } from "@/api/types";
import { Markdown } from "@/components/Markdown";
import { Empty } from "@/components/States";
import { useToasts } from "@/components/Toaster";
import { When } from "@/components/When";
import { en } from "@/i18n/en";
import { since } from "@/lib/dates";
import { useStored } from "@/lib/stored";
import classes from "./Notes.module.css";

const MOST = 20_000;

/** What a person wrote down, newest first. A draft outlives leaving the page. */
export function Notes({ application: a, inputRef }: { application: ApplicationDetail; inputRef: RefObject<HTMLTextAreaElement | null> }) {
  const { add, edit, remove } = useNotes(a.id);
  const toasts = useToasts();
  const [draft, setDraft] = useStored(`note-draft.${a.id}`, "");
  const [editing, setEditing] = useState<number | null>(null);
  const write = () => {
    const text = draft.trim();
    if (!text || add.isPending) return;
    setDraft("");
    add.mutate(text, {
      onError: (error) => {
        setDraft(text);
        toasts.fail(error);
      },
    });
  };
  const drop = (note: Note) => {
    remove.mutate(note, {
      onSuccess: () => {
        toasts.say(en.manage.noteDeleted, () => {
          add.mutate(note.text, { onError: toasts.fail });
        });
      },
      onError: toasts.fail,
    });
  };
  return (
    <div className={classes.notes}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          write();
        }}
      >
        <NoteField value={draft} label={en.manage.noteLabel} inputRef={inputRef} onChange={setDraft} onDone={write} onLeave={() => inputRef.current?.blur()} />
        <div className={classes.foot}>
          <span className={classes.hint}>{en.manage.noteHint}</span>
          <Button type="submit" size="compact-sm" disabled={draft.trim() === ""} loading={add.isPending}>
            {en.manage.noteSave}
          </Button>
        </div>
      </form>
      {a.notes.length === 0 ? (
        <Empty icon={StickyNote} title={en.manage.noNotes} detail={en.manage.noNotesDetail} />
      ) : (
        <ul>
          {a.notes.map((note) => (
            <li key={note.id} className={classes.item}>
              {editing === note.id ? (
                <EditNote
                  note={note}
                  onSave={(text) => {
                    setEditing(null);
                    if (text !== note.text) edit.mutate({ id: note.id, text }, { onError: toasts.fail });
                  }}
                  onCancel={() => {
                    setEditing(null);
                  }}
                />
              ) : (
                <>
                  <Markdown text={note.text} />
                  <div className={classes.foot}>
                    <span className={classes.hint}>
                      <When at={note.created_at} text={since(note.created_at)} />
                      {note.updated_at !== note.created_at && `, ${en.manage.noteEdited}`}
                    </span>
                    <button
                      type="button"
                      className={classes.tool}
                      aria-label={en.manage.noteEdit}
                      onClick={() => {
                        setEditing(note.id);
                      }}
                    >
                      <Pencil size={13} aria-hidden="true" />
                    </button>
                    <button
                      type="button"
                      className={classes.tool}
                      aria-label={en.manage.noteDelete}
                      onClick={() => {
                        drop(note);
                      }}
                    >
                      <Trash2 size={13} aria-hidden="true" />
                    </button>
                  </div>
                </>
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function EditNote({ note, onSave, onCancel }: { note: Note; onSave: (text: string) => void; onCancel: () => void }) {
  const [text, setText] = useState(note.text);
  const save = () => {
    if (text.trim()) onSave(text.trim());
  };
  return (
    <>
      <NoteField value={text} label={en.manage.noteEdit} autoFocus onChange={setText} onDone={save} onLeave={onCancel} />
      <div className={classes.foot}>
        <span className={classes.hint} />
        <Button size="compact-sm" variant="default" onClick={onCancel}>
          {en.actions.cancel}
        </Button>
        <Button size="compact-sm" disabled={text.trim() === ""} onClick={save}>
          {en.actions.save}
        </Button>
      </div>
    </>
  );
}

interface FieldProps {
  value: string;
  label: string;
  autoFocus?: boolean;
  inputRef?: RefObject<HTMLTextAreaElement | null>;
  onChange: (text: string) => void;
  onDone: () => void;
  onLeave: () => void;
}

function NoteField({ value, label, autoFocus = false, inputRef, onChange, onDone, onLeave }: FieldProps) {
  return (
    <Textarea
      ref={inputRef}
      aria-label={label}
      placeholder={label}
      autosize
      minRows={2}
      maxRows={16}
      maxLength={MOST}
      autoFocus={autoFocus}
      value={value}
      onChange={(event) => {
        onChange(event.currentTarget.value);
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          onDone();
        } else if (event.key === "Escape") {
          event.stopPropagation();
          onLeave();
        }
      }}
    />
  );
}
