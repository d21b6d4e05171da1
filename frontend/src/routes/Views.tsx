import { useQuery } from "@tanstack/react-query";
import { Link, useRouterState } from "@tanstack/react-router";
import { X } from "lucide-react";
import { useViews, viewsQuery } from "@/api/applications/views";
import type { SavedView } from "@/api/types";
import { useToasts } from "@/components/Toaster";
import { en } from "@/i18n/en";
import { viewOf, viewText } from "@/lib/views";
import classes from "./Views.module.css";

/** The saved views, under Applications in the rail. */
export function Views() {
  const { data } = useQuery(viewsQuery);
  const { save, forget } = useViews();
  const toasts = useToasts();
  const here = useRouterState({ select: (state) => (state.location.pathname.startsWith("/applications") ? viewText(state.location.search) : null) });
  if (!data || data.length === 0) return null;
  const drop = (view: SavedView) => {
    forget.mutate(view.id, {
      onSuccess: () => {
        toasts.say(en.views.forgotten(view.name), () => {
          save.mutate({ name: view.name, query: view.query }, { onError: toasts.fail });
        });
      },
      onError: toasts.fail,
    });
  };
  return (
    <ul className={classes.views} aria-label={en.views.title}>
      {data.map((view) => {
        const search = viewOf(view.query);
        return (
          <li key={view.id} className={classes.view}>
            <Link
              to="/applications"
              search={search}
              className={classes.link}
              activeOptions={{ exact: true, includeSearch: true }}
              aria-current={here === viewText(search) ? "page" : undefined}
              title={view.name}
            >
              <span dir="auto" className={classes.name}>
                {view.name}
              </span>
            </Link>
            <button
              type="button"
              className={classes.forget}
              aria-label={en.views.forget(view.name)}
              onClick={() => {
                drop(view);
              }}
            >
              <X size={12} aria-hidden="true" />
            </button>
          </li>
        );
      })}
    </ul>
  );
}
