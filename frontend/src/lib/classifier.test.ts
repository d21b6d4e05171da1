import { describe, expect, it } from "vitest";
import type { LlmSettings } from "@/api/types";
import { draftOf, isWorthATest, patchOf, usd, withProvider } from "./classifier";

const settings = (more: Partial<LlmSettings> = {}): LlmSettings => ({
  mode: "local",
  provider: null,
  model: null,
  host: null,
  offline: false,
  budget_usd_per_day: null,
  spent_usd: 0,
  calls: 0,
  budget_used_up: false,
  price_known: false,
  prices_as_of: "2026-03-31",
  problem: null,
  from_environment: [],
  may_change: true,
  ...more,
  values: {
    classification_mode: "auto",
    llm_provider: null,
    openai_base_url: null,
    openai_model: "gpt-4o-mini",
    has_openai_api_key: false,
    anthropic_base_url: null,
    anthropic_model: "claude-haiku-4-5",
    has_anthropic_api_key: false,
    llm_budget_usd_per_day: null,
    llm_price_input: null,
    llm_price_output: null,
    classification_local_confidence_threshold: 0.85,
    review_confidence_threshold: 0.6,
    ...more.values,
  },
});

describe("the form of the classifier", () => {
  it("sends nothing while nothing was changed", () => {
    expect(patchOf(draftOf(settings()), settings())).toEqual({});
  });

  it("sends a provider with its key, and asks whether it answers", () => {
    const now = settings();
    const draft = { ...withProvider(draftOf(now), now, "openai"), key: " sk-secret " };
    const patch = patchOf(draft, now);
    expect(patch).toEqual({ llm_provider: "openai", openai_api_key: "sk-secret" });
    expect(isWorthATest(patch, draft)).toBe(true);
  });

  it("takes keys and addresses away with the provider", () => {
    const now = settings({ provider: "openai", values: { ...settings().values, llm_provider: "openai", has_openai_api_key: true } });
    const draft = withProvider(draftOf(now), now, "none");
    const patch = patchOf(draft, now);
    expect(patch).toEqual({ llm_provider: null, openai_api_key: null });
    expect(isWorthATest(patch, draft)).toBe(false);
  });

  it("leaves what the environment sets", () => {
    const now = settings({ from_environment: ["classification_mode", "openai_api_key"] });
    const draft = { ...withProvider(draftOf(now), now, "openai"), mode: "llm", key: "another", budget: "2.5" };
    expect(patchOf(draft, now)).toEqual({ llm_provider: "openai", llm_budget_usd_per_day: 2.5 });
  });

  it("writes small money so that it can be told apart", () => {
    expect([usd(0), usd(0.0004), usd(0.5), usd(1234.5)]).toEqual(["$0.00", "$0.0004", "$0.50", "$1,234.50"]);
  });
});
