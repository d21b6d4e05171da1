import { ActionIcon, Menu, Tooltip } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { ArrowDownToLine, CalendarRange, FileDown, FileUp, Sheet as SheetIcon } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import type { ApplicationFilter } from "@/api/applications/list";
import { useExportCsv } from "@/api/exports/csv";
import { useToasts } from "@/components/Toaster";
import { en } from "@/i18n/en";
import { download } from "@/lib/download";

const SheetsDialog = lazy(async () => ({ default: (await import("./SheetsDialog")).SheetsDialog }));
const ICON = { size: 15, "aria-hidden": true } as const;

/** Takes the shown applications out, and others in. */
export function ExportMenu({ filter, total }: { filter: ApplicationFilter; total: number | null }) {
  const csv = useExportCsv();
  const toasts = useToasts();
  const [sheets, setSheets] = useState(false);
  const take = (separator: "," | ";") => {
    csv.mutate(
      { filter, separator },
      {
        onSuccess: ({ blob, name }) => {
          download(name, blob);
          toasts.say(en.tables.exported(name));
        },
        onError: toasts.fail,
      },
    );
  };
  return (
    <>
      <Menu position="bottom-end" width="15rem">
        <Menu.Target>
          <Tooltip label={en.tables.menu}>
            <ActionIcon size={24} aria-label={en.tables.menu} loading={csv.isPending}>
              <ArrowDownToLine size={15} aria-hidden="true" />
            </ActionIcon>
          </Tooltip>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{en.tables.these(total)}</Menu.Label>
          <Menu.Item
            leftSection={<FileDown {...ICON} />}
            onClick={() => {
              take(",");
            }}
          >
            {en.tables.csv}
          </Menu.Item>
          <Menu.Item
            leftSection={<FileDown {...ICON} />}
            onClick={() => {
              take(";");
            }}
          >
            {en.tables.csvSemicolons}
          </Menu.Item>
          <Menu.Item
            leftSection={<SheetIcon {...ICON} />}
            onClick={() => {
              setSheets(true);
            }}
          >
            {en.tables.sheets}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item component={Link} to="/analytics/weekly" leftSection={<CalendarRange {...ICON} />}>
            {en.weekly.title}
          </Menu.Item>
          <Menu.Item component={Link} to="/settings/import" leftSection={<FileUp {...ICON} />}>
            {en.tableImport.open}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {sheets && (
        <Suspense fallback={null}>
          <SheetsDialog
            filter={filter}
            total={total}
            onClose={() => {
              setSheets(false);
            }}
          />
        </Suspense>
      )}
    </>
  );
}
