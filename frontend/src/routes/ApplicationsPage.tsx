import { ActionIcon, Button, Tooltip } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { Briefcase, ListFilter, Plus } from "lucide-react";
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { applicationQuery } from "@/api/applications/one";
import { statsQuery } from "@/api/applications/stats";
import { timelineQuery } from "@/api/applications/timeline";
import { Sheet } from "@/components/Sheet";
import { Empty, Failure } from "@/components/States";
import { useToasts } from "@/components/Toaster";
import { ApplicationList } from "@/features/applications/ApplicationList";
import { FilterBox } from "@/features/applications/FilterBox";
import { LayoutSwitch } from "@/features/applications/LayoutSwitch";
import { DEFAULT_SORT, SortMenu, sortOf } from "@/features/applications/SortMenu";
import { SaveView } from "@/features/applications/SaveView";
import { Splitter } from "@/features/applications/Splitter";
import { StageChips } from "@/features/applications/StageChips";
import { StorySkeleton } from "@/features/applications/StorySkeleton";
import { useApplications } from "@/features/applications/useApplications";
import { useStageNews } from "@/features/applications/useStageNews";
import { useMarked } from "@/features/applications/useMarked";
import { en } from "@/i18n/en";
import { type Filter, formatFilter, isOn, parseFilter, toQuery } from "@/lib/filter";
import { useKeys } from "@/lib/keys";
import { useStored } from "@/lib/stored";
import { viewText } from "@/lib/views";
import type { ApplicationsSearch } from "./router";
import classes from "./ApplicationsPage.module.css";

const Board = lazy(async () => ({ default: (await import("@/features/applications/Board")).Board }));
const BulkBar = lazy(async () => ({ default: (await import("@/features/applications/BulkBar")).BulkBar }));
const CreateDialog = lazy(async () => ({ default: (await import("@/features/applications/CreateDialog")).CreateDialog }));
const loadStory = () => import("./ApplicationStory");
const ApplicationStory = lazy(async () => ({ default: (await loadStory()).ApplicationStory }));
const ExportMenu = lazy(async () => ({ default: (await import("@/features/portability/ExportMenu")).ExportMenu }));
const Table = lazy(async () => ({ default: (await import("@/features/applications/Table")).Table }));

/** The filtered applications as list, table or board, and the story of one of them beside it or in its place. */
export function ApplicationsPage() {
  const search = useSearch({ from: "/framed/applications" });
  const { applicationId } = useParams({ strict: false });
  const navigate = useNavigate();
  const client = useQueryClient();
  const phone = useMediaQuery("(max-width: 61.9375em)", undefined, { getInitialValueInEffect: false });
  const [listWidth, setListWidth] = useStored("list-width", 440);
  const [storyWidth, setStoryWidth] = useStored("story-width", 520);
  const input = useRef<HTMLInputElement>(null);
  useStageNews();
  // Comes while the list is fetched that tells which story to show; where it fails, showing it tells.
  useEffect(() => {
    loadStory().catch(() => undefined);
  }, []);

  const filter = useMemo(() => parseFilter(search.q ?? ""), [search.q]);
  const asked = search.layout ?? "split";
  const layout = phone && asked === "table" ? "split" : asked;
  const sort = sortOf(search.sort);
  const { rows, list, total, data, error, refetch, isPlaceholderData, see, between } = useApplications(filter, sort, layout !== "board");
  const stats = useQuery(statsQuery);
  const filtered = formatFilter(filter) !== "";
  const toasts = useToasts();
  const marked = useMarked(rows, `${search.q ?? ""} ${layout}`, between, toasts.fail);

  const chosen = typeof applicationId === "number" && Number.isInteger(applicationId) ? applicationId : null;
  const full = search.view === "full" && chosen !== null;
  // Beside a list the story is never empty: it shows the first application until one is chosen.
  const shown = chosen ?? (phone || layout !== "split" ? null : (rows[0]?.id ?? null));
  const index = rows.findIndex((row) => row?.id === shown);

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
  const openCreate = () => {
    goTo(chosen, { new: true, mail: search.mail });
  };
  const close = () => {
    goTo(layout === "split" && !phone ? chosen : null, { view: undefined });
  };
  useKeys({
    ...(layout === "board"
      ? {}
      : {
          next: () => {
            move(1);
          },
          previous: () => {
            move(-1);
          },
          select: () => {
            if (shown !== null) marked.toggle(shown, false);
          },
        }),
    // Where no story is shown, Enter is the focused link's own.
    ...(shown !== null
      ? {
          open: () => {
            goTo(shown, { view: "full" });
          },
        }
      : {}),
    create: openCreate,
    filter: () => {
      if (full) goTo(chosen, { view: undefined });
      setTimeout(() => input.current?.focus());
    },
    ...(full || marked.ids.size > 0 || (chosen !== null && (phone || layout !== "split"))
      ? {
          escape: () => {
            if (marked.ids.size > 0) marked.clear();
            else if (full) goTo(chosen, { view: undefined });
            else close();
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

  const [count, setCount] = useState("");
  const counted = filtered ? en.applications.countOf(total, stats.data?.total ?? total) : en.applications.count(total);
  // Until the newly filtered list is there, the rows shown and the sentence about them are the old ones.
  if (data && !isPlaceholderData && count !== counted) setCount(counted);

  const loading = !data && !error;
  const creation = search.new && (
    <Suspense fallback={null}>
      <CreateDialog
        onClose={() => {
          goTo(chosen, { new: undefined, mail: search.mail }, true);
        }}
        onCreated={(made) => {
          goTo(made.id, { new: undefined }, true);
        }}
      />
    </Suspense>
  );
  const nothingAtAll = data?.total === 0 && !filtered && !isPlaceholderData;
  if (nothingAtAll) {
    return (
      <div className={classes.nothing}>
        <h1 className="visually-hidden">{en.applications.title}</h1>
        <Empty icon={Briefcase} title={en.applications.emptyTitle} detail={en.applications.emptyDetail}>
          <Button onClick={() => void navigate({ to: "/mail" })}>{en.applications.emptyAction}</Button>
          <Button variant="subtle" onClick={openCreate}>
            {en.create.open}
          </Button>
        </Empty>
        {creation}
      </div>
    );
  }
  const setSort = (next: typeof sort) => {
    goTo(chosen, { sort: next === DEFAULT_SORT ? undefined : next }, true);
  };
  const view = filtered ? viewText(search) : "";
  const none = data?.total === 0 && layout !== "board";
  const content =
    error && !data && layout !== "board" ? (
      <Failure error={error} onRetry={() => void refetch()} />
    ) : none ? (
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
    ) : layout === "board" ? (
      <Board filter={filter} sort={sort} selectedId={shown} onSelect={goTo} onPrefetch={prefetch} />
    ) : layout === "table" ? (
      <Table
        rows={rows}
        list={list}
        total={total}
        loading={loading}
        selectedId={shown}
        marked={marked.ids}
        sort={sort}
        onSee={see}
        onSort={setSort}
        onMark={marked.toggle}
        onMarkAll={marked.toggleAll}
        onSelect={goTo}
        onPrefetch={prefetch}
      />
    ) : (
      <ApplicationList
        rows={rows}
        list={list}
        selectedId={shown}
        marked={marked.ids}
        loading={loading}
        onSee={see}
        href={(id) => `/applications/${id}`}
        onMark={marked.toggle}
        onSelect={goTo}
        onPrefetch={prefetch}
      />
    );
  const story = shown !== null && (
    <Suspense fallback={<StorySkeleton full={full} />}>
      <ApplicationStory
        key={`${shown}-${search.mail ?? ""}`}
        id={shown}
        mailId={search.mail ?? null}
        full={full}
        onFull={(on) => {
          goTo(shown, { view: on ? "full" : undefined });
        }}
        onGone={() => {
          goTo(layout === "split" && !phone && !full ? (nextId ?? previousId ?? null) : null, { view: undefined }, true);
        }}
        onClose={layout !== "split" && !phone && !full ? close : undefined}
      />
    </Suspense>
  );
  const beside = !phone && !full;
  const layouts = (
    <LayoutSwitch
      layout={layout}
      without={phone ? "table" : undefined}
      onLayout={(next) => {
        goTo(next === "split" ? chosen : null, { layout: next === "split" ? undefined : next, view: undefined });
      }}
    />
  );
  return (
    <div className={classes.split} data-layout={layout}>
      <h1 className="visually-hidden">{en.applications.title}</h1>
      {(beside || phone) && (
        <section className={classes.list} style={beside && layout === "split" ? { width: listWidth } : undefined} aria-label={en.applications.list}>
          <div className={classes.tools}>
            <div className={classes.first}>
              <FilterBox filter={filter} onChange={setFilter} inputRef={input} />
              {!phone && layouts}
            </div>
            {!(layout === "board" && phone) && <StageChips filter={filter} onChange={setFilter} withStages={layout !== "board"} />}
            <div className={classes.status}>
              {layout !== "board" && <span role="status">{isOn(filter, "archived") ? en.applications.count(total) : count}</span>}
              <span className={classes.aside}>
                {view !== "" && <SaveView query={view} suggestion={formatFilter(filter)} />}
                {layout !== "table" && <SortMenu sort={sort} onSort={setSort} />}
                <Suspense fallback={<span className={classes.waitingMenu} />}>
                  <ExportMenu filter={toQuery(filter, sort)} total={layout === "board" ? null : total} />
                </Suspense>
                <Tooltip label={en.create.title}>
                  <ActionIcon size={24} aria-label={en.create.title} onClick={openCreate}>
                    <Plus size={15} aria-hidden="true" />
                  </ActionIcon>
                </Tooltip>
                {phone && layouts}
              </span>
            </div>
          </div>
          <Suspense fallback={null}>
            {content}
            {marked.ids.size > 0 && <BulkBar ids={marked.ids} archived={isOn(filter, "archived")} onClear={marked.clear} />}
          </Suspense>
        </section>
      )}
      {creation}
      {beside && layout === "split" && <Splitter width={listWidth} onResize={setListWidth} />}
      {beside && layout !== "split" && story && <Splitter width={storyWidth} fromRight onResize={setStoryWidth} />}
      {phone && story ? (
        <Sheet
          label={en.story.story}
          onClose={() => {
            goTo(null, { view: undefined });
          }}
        >
          <section className={classes.story} aria-label={en.story.story}>
            {story}
          </section>
        </Sheet>
      ) : (
        !phone &&
        (story || layout === "split") && (
          <section className={classes.story} style={beside && layout !== "split" ? { flex: "none", width: storyWidth } : undefined} aria-label={en.story.story}>
            {story || (!loading && <Empty icon={Briefcase} title={en.applications.choose} detail={en.applications.chooseDetail} />)}
          </section>
        )
      )}
    </div>
  );
}
