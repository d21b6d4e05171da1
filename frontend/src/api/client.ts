import createClient from "openapi-fetch";
import { problemFrom } from "./problem";
import type { paths } from "./schema";

const SAFE = new Set(["GET", "HEAD"]);

/** The token the server set beside the session cookie; it must come back in a header on every change. */
export function csrfToken(): string {
  const found = document.cookie.split("; ").find((part) => part.startsWith("csrf_token="));
  return found ? decodeURIComponent(found.slice("csrf_token=".length)) : "";
}

/** The typed client. Sends the CSRF token with changes; an answer that says no is thrown as a Problem. */
export const api = createClient<paths>({ baseUrl: typeof location === "undefined" ? "" : location.origin, credentials: "same-origin" });

api.use({
  onRequest({ request }) {
    if (!SAFE.has(request.method)) request.headers.set("X-CSRF-Token", csrfToken());
    return request;
  },
  async onResponse({ response }) {
    if (!response.ok) throw await problemFrom(response);
  },
});

/** The body of an answer. Failures never get here: they were thrown on arrival. */
export async function bodyOf<T>(answer: Promise<{ data?: T }>): Promise<T> {
  return (await answer).data as T;
}
