import { Modal } from "@mantine/core";
import { MailReader } from "@/components/MailReader";
import { en } from "@/i18n/en";

/** A mail that was found and belongs to no application. */
export function LoneMail({ id, onClose }: { id: number; onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} size="44rem" title={en.search.email} closeButtonProps={{ "aria-label": en.actions.close }}>
      <MailReader id={id} />
    </Modal>
  );
}
