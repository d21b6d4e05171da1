import { Button, Menu, UnstyledButton } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { ArrowDownWideNarrow, Briefcase, Check, ListFilter } from "lucide-react";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { applicationQuery } from "@/api/applications/one";
import type { Sort } from "@/api/applications/list";
import { statsQuery } from "@/api/applications/stats";
import { timelineQuery } from "@/api/applications/timeline";
import { Empty, Failure } from "@/components/States";
import { ApplicationList } from "@/features/applications/ApplicationList";
import { FilterBox } from "@/features/applications/FilterBox";
import { Splitter } from "@/features/applications/Splitter";
import { StageChips } from "@/features/applications/StageChips";
import { Story } from "@/features/applications/Story";
import { useApplications } from "@/features/applications/useApplications";
import { en } from "@/i18n/en";
import { type Filter, formatFilter, parseFilter } from "@/lib/filter";
import { useKeys } from "@/lib/keys";
import { useStored } from "@/lib/stored";
import type { ApplicationsSearch } from "./router";
import classes from "./ApplicationsPage.module.css";

const SORTS = Object.entries(en.applications.sorts) as [Sort, string][];
const DEFAULT_SORT: Sort = "-last_activity";

/** The list on the left, the application's story on the right; one of them alone on a phone or as a full page. */
export function ApplicationsPage() {
  const search = useSearch({ from: "/framed/applications" });
  const { applicationId } = useParams({ strict: false });
  const navigate = useNavigate();
  const client = useQueryClient();
  const phone = useMediaQuery("(max-width: 61.9375em)", undefined, { getInitialValueInEffect: false });
  const [width, setWidth] = useStored("list-width", 440);
  const input = useRef<HTMLInputElement>(null);

  const filter = useMemo(() => parseFilter(search.q ?? ""), [search.q]);
  const sort = SORTS.find(([key]) => key === search.sort)?.[0] ?? DEFAULT_SORT;
  const { rows, total, data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage, isPlaceholderData } = useApplications(filter, sort);
  const stats = useQuery(statsQuery);

  const chosen = typeof applicationId === "number" && Number.isInteger(applicationId) ? applicationId : null;
  const full = search.view === "full" && chosen !== null;
  // On a wide screen the right side is never empty: it shows the first application until one is chosen.
  const shown = chosen ?? (phone ? null : (rows[0]?.id ?? null));
  const index = rows.findIndex((row) => row.id === shown);

  const goTo = useCallback(
    (id: number | null, change: Partial<ApplicationsSearch> = {}, replace = false) => {
      const next = (old: ApplicationsSearch): ApplicationsSearch => ({ ...old, mail: undefined, ...change });
      void (id === null
        ? navigate({ to: "/applications", search: next, replace })
        : navigate({ to: "/applications/$applicationId", params: { applicationId: id }, search: next, replace }));
    },
    [navigate],
  );
  const setFilter = useCallback(
    (next: Filter) => {
      void navigate({ to: "/applications", search: (old) => ({ ...old, q: formatFilter(next) || undefined, view: undefined, mail: undefined }), replace: true });
    },
    [navigate],
  );
  const prefetch = useCallback(
    (id: number) => {
      void client.prefetchQuery(applicationQuery(id));
      void client.prefetchInfiniteQuery(timelineQuery(id));
    },
    [client],
  );
  const move = (step: number) => {
    const next = rows[index < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, index + step))];
    if (next) goTo(next.id, {}, chosen !== null);
  };
  useKeys({
    next: () => {
      move(1);
    },
    previous: () => {
      move(-1);
    },
    open: () => {
      if (shown !== null) goTo(shown, { view: "full" });
    },
    filter: () => {
      if (full) goTo(chosen, { view: undefined });
      setTimeout(() => input.current?.focus());
    },
    ...(full || (phone && chosen !== null)
      ? {
          escape: () => {
            goTo(phone ? null : chosen, { view: undefined });
          },
        }
      : {}),
  });
  // The neighbours are fetched ahead, so that j and k answer at once.
  const nextId = rows[index + 1]?.id;
  const previousId = rows[index - 1]?.id;
  useEffect(() => {
    const timer = setTimeout(() => {
      for (const id of [nextId, previousId]) if (id !== undefined) prefetch(id);
    }, 120);
    return () => {
      clearTimeout(timer);
    };
  }, [nextId, previousId, prefetch]);

  const filtered = formatFilter(filter) !== "";
  const [count, setCount] = useState("");
  const counted = filtered ? en.applications.countOf(total, stats.data?.total ?? total) : en.applications.count(total);
  // Until the newly filtered list is there, the rows shown and the sentence about them are the old ones.
  if (data && !isPlaceholderData && count !== counted) setCount(counted);

  const showList = !full && !(phone && chosen !== null);
  const loading = !data && !error;
  const nothingAtAll = data !== undefined && rows.length === 0 && !filtered && !hasNextPage && !isPlaceholderData;
  if (nothingAtAll) {
    return (
      <div className={classes.nothing}>
        <h1 className="visually-hidden">{en.applications.title}</h1>
        <Empty icon={Briefcase} title={en.applications.emptyTitle} detail={en.applications.emptyDetail}>
          <Button onClick={() => void navigate({ to: "/mail" })}>{en.applications.emptyAction}</Button>
        </Empty>
      </div>
    );
  }
  return (
    <div className={classes.split}>
      <h1 className="visually-hidden">{en.applications.title}</h1>
      {showList && (
        <section className={classes.list} style={phone ? undefined : { width }} aria-label={en.applications.list}>
          <div className={classes.tools}>
            <FilterBox filter={filter} onChange={setFilter} inputRef={input} />
            <StageChips filter={filter} onChange={setFilter} />
            <div className={classes.status}>
              <span role="status">{count}</span>
              <SortMenu
                sort={sort}
                onSort={(next) => {
                  goTo(chosen, { sort: next === DEFAULT_SORT ? undefined : next }, true);
                }}
              />
            </div>
          </div>
          {error && !data ? (
            <Failure error={error} onRetry={() => void refetch()} />
          ) : data && rows.length === 0 && !hasNextPage ? (
            <Empty icon={ListFilter} title={en.applications.noneTitle} detail={en.applications.noneDetail}>
              <Button
                variant="default"
                onClick={() => {
                  setFilter({ tokens: [], text: "" });
                }}
              >
                {en.applications.clear}
              </Button>
            </Empty>
          ) : (
            <ApplicationList
              rows={rows}
              selectedId={shown}
              loading={loading}
              hasMore={hasNextPage && !isFetchingNextPage}
              onMore={() => void fetchNextPage()}
              href={(id) => `/applications/${id}`}
              onSelect={goTo}
              onPrefetch={prefetch}
            />
          )}
        </section>
      )}
      {showList && !phone && <Splitter width={width} onResize={setWidth} />}
      {(!phone || chosen !== null) && (
        <section className={classes.story} aria-label={en.story.story}>
          {shown !== null ? (
            <Story
              key={`${shown}-${search.mail ?? ""}`}
              id={shown}
              mailId={search.mail ?? null}
              full={full}
              phone={phone}
              onFull={(on) => {
                goTo(shown, { view: on ? "full" : undefined });
              }}
              onBack={() => {
                goTo(phone ? null : shown, { view: undefined });
              }}
            />
          ) : (
            !loading && <Empty icon={Briefcase} title={en.applications.choose} detail={en.applications.chooseDetail} />
          )}
        </section>
      )}
    </div>
  );
}

function SortMenu({ sort, onSort }: { sort: Sort; onSort: (sort: Sort) => void }) {
  return (
    <Menu position="bottom-end" width="11rem">
      <Menu.Target>
        <UnstyledButton className={classes.sort} aria-label={`${en.applications.sort}: ${SORTS.find(([key]) => key === sort)?.[1] ?? sort}`}>
          <ArrowDownWideNarrow size={14} aria-hidden="true" />
          {SORTS.find(([key]) => key === sort)?.[1] ?? sort}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {SORTS.map(([key, label]) => (
          <Menu.Item
            key={key}
            rightSection={key === sort ? <Check size={14} aria-hidden="true" /> : null}
            onClick={() => {
              onSort(key);
            }}
          >
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
