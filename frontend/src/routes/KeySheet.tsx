import { Modal } from "@mantine/core";
import { Keys } from "@/components/Keys";
import { en } from "@/i18n/en";
import { SHORTCUTS } from "@/lib/keys";
import classes from "./KeySheet.module.css";

const GROUPS = ["list", "board", "application", "review", "anywhere"] as const;
/** Drawn from the table of keys, so that it never lies. */
export function KeySheet({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title={en.keys.title} size="44rem" closeButtonProps={{ "aria-label": en.actions.close }}>
      <div className={classes.groups}>
      {GROUPS.map((group) => (
        <section key={group} className={classes.group}>
          <h3 className={classes.heading}>{en.keys.groups[group]}</h3>
          <dl>
            {SHORTCUTS.filter((s) => s.group === group).map((s) => (
              <div key={s.command} className={classes.row}>
                <dt>{en.keys[s.command]}</dt>
                <dd>
                  <Keys keys={s.keys} />
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      </div>
    </Modal>
  );
}
