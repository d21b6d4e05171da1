import { ImportWizard } from "@/features/portability/ImportWizard";
import { en } from "@/i18n/en";
import { SettingsTabs } from "./SettingsTabs";
import classes from "./Page.module.css";

export function ImportPage() {
  return (
    <div className={classes.page}>
      <h1 className="visually-hidden">{en.tableImport.title}</h1>
      <SettingsTabs />
      <p className={classes.mild} style={{ paddingBottom: "1.25rem" }}>
        {en.tableImport.intro}
      </p>
      <ImportWizard />
    </div>
  );
}
