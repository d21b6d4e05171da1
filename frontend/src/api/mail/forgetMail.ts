import type { QueryClient } from "@tanstack/react-query";

/** After mail was removed: applications that may be gone are forgotten, or a page opened next would ask for them. */
export function forgetMail(client: QueryClient): Promise<void> {
  client.removeQueries({ queryKey: ["applications"], type: "inactive" });
  return client.invalidateQueries();
}
