/** What a saved view holds of the address of the applications page. */
export interface View {
  q?: string | undefined;
  sort?: string | undefined;
  layout?: "table" | "board" | undefined;
}

/** The same view always gives the same text, whatever else the address holds. */
export function viewText(search: View): string {
  const found = new URLSearchParams();
  for (const key of ["q", "sort", "layout"] as const) {
    const value = search[key];
    if (value) found.set(key, value);
  }
  return found.toString();
}

/** What a saved text means; what this page does not know is left out. */
export function viewOf(text: string): View {
  const found = new URLSearchParams(text);
  const layout = found.get("layout");
  return {
    q: found.get("q") || undefined,
    sort: found.get("sort") || undefined,
    layout: layout === "table" || layout === "board" ? layout : undefined,
  };
}
