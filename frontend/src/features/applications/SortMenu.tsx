import { Menu, UnstyledButton } from "@mantine/core";
import { ArrowDownWideNarrow, Check } from "lucide-react";
import type { Sort } from "@/api/applications/list";
import { en } from "@/i18n/en";
import classes from "./Toolbar.module.css";

const SORTS = Object.entries(en.applications.sorts) as [Sort, string][];
export const DEFAULT_SORT: Sort = "-last_activity";
const ALL: readonly string[] = ["last_activity", "received_date", "company", "title", "stage", "next_due"].flatMap((key) => [key, `-${key}`]);

/** The order that an address asks for, when there is such a one. */
export const sortOf = (asked: string | undefined): Sort => (asked !== undefined && ALL.includes(asked) ? (asked as Sort) : DEFAULT_SORT);

export function SortMenu({ sort, onSort }: { sort: Sort; onSort: (sort: Sort) => void }) {
  const label = SORTS.find(([key]) => key === sort)?.[1] ?? SORTS.find(([key]) => key.replace("-", "") === sort.replace("-", ""))?.[1] ?? sort;
  return (
    <Menu position="bottom-end" width="11rem">
      <Menu.Target>
        <UnstyledButton className={classes.sort} aria-label={`${en.applications.sort}: ${label}`}>
          <ArrowDownWideNarrow size={14} aria-hidden="true" />
          <span className={classes.word}>{label}</span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {SORTS.map(([key, name]) => (
          <Menu.Item
            key={key}
            rightSection={key === sort ? <Check size={14} aria-hidden="true" /> : null}
            onClick={() => {
              onSort(key);
            }}
          >
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
