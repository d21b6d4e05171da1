import type { operations } from "@/api/schema";

/** What all figures are narrowed to. */
export type FigureFilter = NonNullable<operations["get_funnel"]["parameters"]["query"]>;
