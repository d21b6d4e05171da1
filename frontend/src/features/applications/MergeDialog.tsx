import type { Application } from "@/api/types";
import { companyOf } from "@/components/ApplicationRow";
import { en } from "@/i18n/en";
import { ApplicationPicker } from "./ApplicationPicker";
import { useMergeThem } from "./useMergeThem";

/** Which other application is the same as this one. This one is kept. */
export function MergeDialog({ application: a, onClose }: { application: Application; onClose: () => void }) {
  const merge = useMergeThem();
  return (
    <ApplicationPicker
      title={en.manage.mergeTitle(companyOf(a))}
      detail={en.manage.mergeDetail}
      without={[a.id]}
      onClose={onClose}
      onPick={(other) => {
        onClose();
        merge([a.id, other.id]);
      }}
    />
  );
}
