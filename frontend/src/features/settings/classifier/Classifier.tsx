import { Button, PasswordInput, Radio, SegmentedControl, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type SubmitEvent, useState } from "react";
import { llmSettingsQuery, useChangeLlmSettings } from "@/api/llm/settings";
import { useTestLlm } from "@/api/llm/test";
import type { LlmSettings } from "@/api/types";
import { AfterAMoment, Failure, InlineProblem } from "@/components/States";
import { useToasts } from "@/components/Toaster";
import { en } from "@/i18n/en";
import { type Draft, draftOf, hasKey, isWorthATest, patchOf, type ProviderChoice, withProvider } from "@/lib/classifier";
import { Standing } from "./Standing";
import { Thresholds } from "./Thresholds";
import classes from "./Classifier.module.css";

const words = en.classifier;

/** Who reads mail: Jobtrail, a language model, or both. */
export function Classifier() {
  const { data, error, refetch } = useQuery(llmSettingsQuery);
  if (error && !data) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!data) return <AfterAMoment>{null}</AfterAMoment>;
  return <Form key={`${data.provider ?? ""}${String(data.may_change)}`} settings={data} />;
}

function Form({ settings }: { settings: LlmSettings }) {
  const [draft, setDraft] = useState<Draft>(() => draftOf(settings));
  const change = useChangeLlmSettings();
  const test = useTestLlm();
  const toasts = useToasts();
  const patch = patchOf(draft, settings);
  const isChanged = Object.keys(patch).length > 0;
  const worthATest = isWorthATest(patch, draft);
  const set = (some: Partial<Draft>) => {
    test.reset();
    change.reset();
    setDraft((before) => ({ ...before, ...some }));
  };
  const isFixed = (name: string) => settings.from_environment.includes(name);
  const fixed = (...names: string[]) => {
    const found = names.filter(isFixed);
    return found.length > 0 ? words.fixed(found.map((name) => name.toUpperCase()).join(", ")) : undefined;
  };
  const save = async (sentence: string) => {
    const saved = await change.mutateAsync(patch);
    setDraft(draftOf(saved));
    toasts.say(sentence);
  };
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    try {
      if (!worthATest) {
        await save(words.saved);
        return;
      }
      const answered = await test.mutateAsync(patch);
      await save(words.savedTested(answered.model, (answered.duration_ms / 1000).toFixed(1)));
    } catch {
      // Shown below the form.
    }
  };
  const saveAnyway = () => {
    save(words.saved).then(test.reset, () => undefined);
  };
  const { provider } = draft;
  const chosen = provider === "none" ? null : provider;
  const providerFixed = fixed("llm_provider", "openai_api_key", "anthropic_api_key");
  return (
    <form className={classes.form} onSubmit={(event) => void submit(event)}>
      <p className={classes.lead}>{words.lead}</p>
      <Standing settings={settings} />
      <fieldset disabled={!settings.may_change} className={classes.fields}>
        <div>
          <p className={classes.label} id="classifier-provider">
            {words.provider}
          </p>
          <SegmentedControl
            aria-labelledby="classifier-provider"
            className={classes.providers}
            disabled={!settings.may_change || isFixed("llm_provider")}
            value={provider}
            onChange={(next) => {
              set(withProvider(draft, settings, next as ProviderChoice));
            }}
            data={(Object.keys(words.providers) as ProviderChoice[]).map((value) => ({ value, label: words.providers[value] }))}
          />
          <p className={classes.hint}>{providerFixed ?? (chosen ? null : words.noneHint)}</p>
        </div>
        {chosen && (
          <>
            <PasswordInput
              label={words.key}
              description={fixed(`${chosen}_api_key`) ?? words.keyHint}
              placeholder={hasKey(settings, chosen) ? words.keyStored : words.keyNew}
              disabled={isFixed(`${chosen}_api_key`)}
              autoComplete="off"
              value={draft.key}
              onChange={(event) => {
                set({ key: event.currentTarget.value });
              }}
            />
            <TextInput
              label={words.model}
              description={fixed(`${chosen}_model`)}
              disabled={isFixed(`${chosen}_model`)}
              spellCheck={false}
              value={draft.model}
              onChange={(event) => {
                set({ model: event.currentTarget.value });
              }}
            />
            <TextInput
              label={words.baseUrl}
              description={fixed(`${chosen}_base_url`) ?? words.baseUrlHint}
              disabled={isFixed(`${chosen}_base_url`)}
              placeholder={words.hosts[chosen]}
              spellCheck={false}
              value={draft.baseUrl}
              onChange={(event) => {
                set({ baseUrl: event.currentTarget.value });
              }}
            />
          </>
        )}
        {chosen && (
          <Radio.Group
            label={words.mode}
            description={fixed("classification_mode")}
            value={draft.mode}
            onChange={(mode) => {
              set({ mode });
            }}
          >
            <div className={classes.modes}>
              {Object.entries(words.modes).map(([value, [label, hint]]) => (
                <Radio
                  key={value}
                  value={value}
                  label={label}
                  description={hint}
                  classNames={{ description: classes.radioHint }}
                  disabled={isFixed("classification_mode")}
                />
              ))}
            </div>
          </Radio.Group>
        )}
        <Thresholds draft={draft} set={set} fixed={fixed} withModel={chosen !== null} />
        <InlineProblem error={test.error ?? change.error} />
        <div className={classes.foot}>
          {settings.may_change ? (
            <Button type="submit" disabled={!isChanged} loading={test.isPending || change.isPending}>
              {worthATest ? words.testAndSave : words.save}
            </Button>
          ) : (
            <p className={classes.hint}>{words.adminOnly}</p>
          )}
          {test.error !== null && isChanged && (
            <Button variant="default" onClick={saveAnyway}>
              {words.saveAnyway}
            </Button>
          )}
        </div>
      </fieldset>
    </form>
  );
}

