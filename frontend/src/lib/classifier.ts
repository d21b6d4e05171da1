import type { ClassifierPatch, LlmSettings } from "@/api/types";

export type ProviderChoice = "none" | "openai" | "anthropic";

/** The form: text as it is typed, empty where nothing is said. */
export interface Draft {
  provider: ProviderChoice;
  mode: string;
  baseUrl: string;
  model: string;
  key: string;
  budget: string;
  priceIn: string;
  priceOut: string;
  local: number;
  review: number;
}

const text = (value: number | null | undefined): string => (value === null || value === undefined ? "" : String(value));

const baseUrlOf = (settings: LlmSettings, provider: ProviderChoice): string =>
  (provider === "openai" ? settings.values.openai_base_url : provider === "anthropic" ? settings.values.anthropic_base_url : null) ?? "";
const modelOf = (settings: LlmSettings, provider: ProviderChoice): string =>
  provider === "openai" ? settings.values.openai_model : provider === "anthropic" ? settings.values.anthropic_model : "";

export const hasKey = (settings: LlmSettings, provider: ProviderChoice): boolean =>
  provider === "openai" ? settings.values.has_openai_api_key : provider === "anthropic" && settings.values.has_anthropic_api_key;

export function draftOf(settings: LlmSettings): Draft {
  const { values } = settings;
  const provider = (settings.provider ?? "none") as ProviderChoice;
  return {
    provider,
    mode: values.classification_mode,
    baseUrl: baseUrlOf(settings, provider),
    model: modelOf(settings, provider),
    key: "",
    budget: text(values.llm_budget_usd_per_day),
    priceIn: text(values.llm_price_input),
    priceOut: text(values.llm_price_output),
    local: values.classification_local_confidence_threshold,
    review: values.review_confidence_threshold,
  };
}

/** Another provider is chosen: its own address and model come with it, a half-typed key does not. */
export const withProvider = (draft: Draft, settings: LlmSettings, provider: ProviderChoice): Draft => ({
  ...draft,
  provider,
  baseUrl: baseUrlOf(settings, provider),
  model: modelOf(settings, provider),
  key: "",
});

const amount = (value: string): number | null => (value.trim() === "" || !Number.isFinite(Number(value)) ? null : Number(value));
const orNull = (value: string): string | null => value.trim() || null;

/** The fields that have to be sent; none of those that the environment fixes. */
export function patchOf(draft: Draft, settings: LlmSettings): ClassifierPatch {
  const { values } = settings;
  const wanted: Record<string, unknown> = {};
  const put = (name: string, value: unknown, now: unknown) => {
    if (value !== now && !settings.from_environment.includes(name)) wanted[name] = value;
  };
  put("classification_mode", draft.mode, values.classification_mode);
  put("llm_budget_usd_per_day", amount(draft.budget), values.llm_budget_usd_per_day);
  put("llm_price_input", amount(draft.priceIn), values.llm_price_input);
  put("llm_price_output", amount(draft.priceOut), values.llm_price_output);
  put("classification_local_confidence_threshold", draft.local, values.classification_local_confidence_threshold);
  put("review_confidence_threshold", draft.review, values.review_confidence_threshold);
  if (draft.provider === "none") {
    put("llm_provider", null, values.llm_provider);
    for (const name of ["openai", "anthropic"] as const) {
      put(`${name}_api_key`, null, hasKey(settings, name) ? undefined : null);
      put(`${name}_base_url`, null, baseUrlOf(settings, name) || null);
    }
  } else {
    const name = draft.provider;
    put("llm_provider", name, values.llm_provider);
    put(`${name}_base_url`, orNull(draft.baseUrl), baseUrlOf(settings, name) || null);
    if (draft.model.trim()) put(`${name}_model`, draft.model.trim(), modelOf(settings, name));
    if (draft.key.trim()) put(`${name}_api_key`, draft.key.trim(), null);
  }
  return wanted as ClassifierPatch;
}

const ABOUT_THE_MODEL = /^(llm_provider|openai_|anthropic_)/;

/** Whether these changes concern the model itself, so that it is worth asking whether it answers. */
export const isWorthATest = (patch: ClassifierPatch, draft: Draft): boolean =>
  draft.provider !== "none" && Object.keys(patch).some((name) => ABOUT_THE_MODEL.test(name));

/** Money as small as single requests cost. */
export const usd = (amountInUsd: number): string =>
  amountInUsd > 0 && amountInUsd < 0.01
    ? `$${amountInUsd.toFixed(4)}`
    : `$${amountInUsd.toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
