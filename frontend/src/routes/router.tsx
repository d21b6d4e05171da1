import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from "@tanstack/react-router";
import type { RunFilter } from "@/api/admin/runs";
import { authStatusQuery } from "@/api/auth/status";
import { Problem } from "@/api/problem";
import { setZone } from "@/lib/dates";
import { type Narrowing, SOURCES } from "@/lib/filter";
import { ApplicationsPage } from "./ApplicationsPage";
import { Crash } from "./Crash";
import { Frame } from "./Frame";
import { Home } from "./Home";
import { NotFound } from "./NotFound";

const ADMIN_DAYS = [1, 7, 30, 90] as const;
const RUN_STATES = ["queued", "running", "done", "error", "canceled"] as const;

interface Context {
  client: QueryClient;
}

const root = createRootRouteWithContext<Context>()({ component: Outlet, errorComponent: Crash, notFoundComponent: NotFound });

export interface WelcomeSearch {
  step?: "owner" | "doors";
}
const welcome = createRoute({
  getParentRoute: () => root,
  path: "/welcome",
  loader: ({ context }) => context.client.ensureQueryData(authStatusQuery),
  beforeLoad: async ({ context }) => {
    const status = await context.client.ensureQueryData(authStatusQuery);
    if (status.owner_exists && !status.authenticated) throw redirect({ to: "/sign-in" });
  },
  component: lazyRouteComponent(() => import("./WelcomePage"), "WelcomePage"),
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: (search: Record<string, unknown>): { next?: string; step?: "code" } => ({
    next: safeNext(search.next),
    step: search.step === "code" ? "code" : undefined,
  }),
  beforeLoad: async ({ context }) => {
    const status = await context.client.ensureQueryData(authStatusQuery);
    if (!status.owner_exists) throw redirect({ to: "/welcome" });
    if (status.authenticated) throw redirect({ to: "/" });
  },
  component: lazyRouteComponent(() => import("./SignInPage"), "SignInPage"),
});

/** Only an address inside this page: a link must not carry anyone elsewhere after signing in. */
function safeNext(next: unknown): string | undefined {
  return typeof next === "string" && /^\/(?![/\\])/.test(next) ? next : undefined;
}

const framed = createRoute({
  getParentRoute: () => root,
  id: "framed",
  beforeLoad: async ({ context, location }) => {
    const status = await context.client.ensureQueryData(authStatusQuery);
    if (!status.owner_exists) throw redirect({ to: "/welcome" });
    if (!status.authenticated) throw redirect({ to: "/sign-in", search: { next: location.href } });
    setZone(status.user?.time_zone ?? null);
  },
  component: Frame,
  errorComponent: Crash,
});

const home = createRoute({ getParentRoute: () => framed, path: "/", component: Home });

const today = createRoute({ getParentRoute: () => framed, path: "/today", component: lazyRouteComponent(() => import("./TodayPage"), "TodayPage") });

const reading = createRoute({
  getParentRoute: () => framed,
  path: "/reading",
  validateSearch: (search: Record<string, unknown>): { run?: string } => ({ run: typeof search.run === "string" ? search.run : undefined }),
  component: lazyRouteComponent(() => import("./ReadingPage"), "ReadingPage"),
});

export interface ApplicationsSearch {
  q?: string;
  sort?: string;
  view?: "full";
  /** How the list is drawn; beside its story when left out. */
  layout?: "table" | "board";
  /** The mail that is open in the story. */
  mail?: number;
  /** An application is being made by hand. */
  new?: true;
}
const applications = createRoute({
  getParentRoute: () => framed,
  path: "/applications",
  validateSearch: (search: Record<string, unknown>): ApplicationsSearch => ({
    q: typeof search.q === "string" && search.q ? search.q : undefined,
    sort: typeof search.sort === "string" && search.sort ? search.sort : undefined,
    view: search.view === "full" ? "full" : undefined,
    layout: search.layout === "table" || search.layout === "board" ? search.layout : undefined,
    mail: typeof search.mail === "number" && Number.isInteger(search.mail) ? search.mail : undefined,
    new: search.new === true ? true : undefined,
  }),
  component: ApplicationsPage,
});
const applicationsIndex = createRoute({ getParentRoute: () => applications, path: "/" });
const application = createRoute({
  getParentRoute: () => applications,
  path: "$applicationId",
  params: {
    parse: ({ applicationId }) => ({ applicationId: Number(applicationId) }),
    stringify: ({ applicationId }) => ({ applicationId: String(applicationId) }),
  },
});

const review = createRoute({
  getParentRoute: () => framed,
  path: "/review",
  validateSearch: (search: Record<string, unknown>): { check?: true } => ({ check: search.check === true ? true : undefined }),
  component: lazyRouteComponent(() => import("./ReviewPage"), "ReviewPage"),
});
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const dayIn = (value: unknown): string | undefined => (typeof value === "string" && DAY.test(value) && !Number.isNaN(Date.parse(value)) ? value : undefined);
const analytics = createRoute({
  getParentRoute: () => framed,
  path: "/analytics",
  validateSearch: (search: Record<string, unknown>): Narrowing => ({
    from: dayIn(search.from),
    to: dayIn(search.to),
    source: SOURCES.find((source) => source === search.source),
    company: typeof search.company === "string" && search.company ? search.company.slice(0, 200) : undefined,
    archived: search.archived === true ? true : undefined,
  }),
  component: lazyRouteComponent(() => import("./AnalyticsPage"), "AnalyticsPage"),
});
const weekly = createRoute({
  getParentRoute: () => framed,
  path: "/analytics/weekly",
  validateSearch: (search: Record<string, unknown>): { from?: string | undefined; to?: string | undefined } => ({ from: dayIn(search.from), to: dayIn(search.to) }),
  component: lazyRouteComponent(() => import("./WeeklyPage"), "WeeklyPage"),
});
const mail = createRoute({ getParentRoute: () => framed, path: "/mail", component: lazyRouteComponent(() => import("./MailPage"), "MailPage") });
const doctor = createRoute({
  getParentRoute: () => framed,
  path: "/mail/doctor",
  component: lazyRouteComponent(() => import("./DoctorPage"), "DoctorPage"),
});
const settings = createRoute({
  getParentRoute: () => framed,
  path: "/settings",
  component: lazyRouteComponent(() => import("./SettingsPage"), "SettingsPage"),
});

const security = createRoute({
  getParentRoute: () => framed,
  path: "/settings/security",
  validateSearch: (search: Record<string, unknown>): { linked?: "google" } => ({ linked: search.linked === "google" ? "google" : undefined }),
  component: lazyRouteComponent(() => import("./SecurityPage"), "SecurityPage"),
});

const adminOnly = async ({ context }: { context: Context }) => {
  const status = await context.client.ensureQueryData(authStatusQuery);
  if (!status.user?.is_admin) throw redirect({ to: "/settings" });
};

const data = createRoute({ getParentRoute: () => framed, path: "/settings/data", component: lazyRouteComponent(() => import("./DataPage"), "DataPage") });

const people = createRoute({
  getParentRoute: () => framed,
  path: "/settings/people",
  beforeLoad: adminOnly,
  component: lazyRouteComponent(() => import("./PeoplePage"), "PeoplePage"),
});

const installation = createRoute({
  getParentRoute: () => framed,
  path: "/settings/installation",
  validateSearch: (search: Record<string, unknown>): { days?: number } => ({ days: ADMIN_DAYS.find((days) => days === search.days) }),
  beforeLoad: adminOnly,
  component: lazyRouteComponent(() => import("./InstallationPage"), "InstallationPage"),
});

const allRuns = createRoute({
  getParentRoute: () => framed,
  path: "/settings/all-runs",
  validateSearch: (search: Record<string, unknown>): RunFilter => ({
    kind: typeof search.kind === "string" && search.kind ? search.kind.slice(0, 20) : undefined,
    state: RUN_STATES.find((state) => state === search.state),
    username: typeof search.username === "string" && search.username ? search.username.slice(0, 64) : undefined,
  }),
  beforeLoad: adminOnly,
  component: lazyRouteComponent(() => import("./AllRunsPage"), "AllRunsPage"),
});

const importTable = createRoute({
  getParentRoute: () => framed,
  path: "/settings/import",
  component: lazyRouteComponent(() => import("./ImportPage"), "ImportPage"),
});

const readAgain = createRoute({
  getParentRoute: () => framed,
  path: "/settings/read-again",
  component: lazyRouteComponent(() => import("./ReadAgainPage"), "ReadAgainPage"),
});

/** Any other address: the frame stays, so that the way on is where it always is. */
const nothing = createRoute({ getParentRoute: () => framed, path: "$", component: NotFound });

const routeTree = root.addChildren([
  welcome,
  signIn,
  framed.addChildren([home, today, reading, applications.addChildren([applicationsIndex, application]), review, analytics, weekly, mail, doctor, settings, security, data, people, installation, allRuns, readAgain, importTable, nothing]),
]);

const makeRouter = (client: QueryClient) =>
  createRouter({ routeTree, context: { client }, defaultPreload: "intent", defaultPreloadStaleTime: 0, scrollRestoration: true });

/** The router and the cache, wired so that a lost session anywhere leads to the sign-in page and back. */
export function createPage(): { router: ReturnType<typeof makeRouter>; client: QueryClient } {
  const onError = (error: unknown) => {
    if (!(error instanceof Problem) || error.status !== 401) return;
    const status = client.getQueryData(authStatusQuery.queryKey);
    if (!status?.authenticated) return;
    client.setQueryData(authStatusQuery.queryKey, { ...status, authenticated: false, user: null });
    void router.invalidate();
  };
  const client = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        retry: (count, error) => !(error instanceof Problem && error.status < 500) && count < 2,
      },
    },
  });
  const router = makeRouter(client);
  return { router, client };
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
