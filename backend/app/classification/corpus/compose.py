"""Compose training mails from the sentence grammar. The same seed gives the same mails on every machine."""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from app.classification.corpus import (
    plans_de,
    plans_en,
    plans_fr,
    pools_en,
    pools_market,
    pools_noise,
    values,
)
from app.classification.corpus.plans import Plan
from app.classification.values import EmailClass, EmailValue, HeaderFacts, ThreadContext

SEED = 20240229
MAILS_PER_PLAN = 22

_CHOICE = re.compile(r"\{([^{}]*)\}")
_SLOT = re.compile(r"\[([a-z_]+)\]")
_STEP = re.compile(r"^([a-z_]+)(?::(\.?\d+))?(?:\*(\d+))?$")


@dataclass(frozen=True, slots=True)
class Example:
    """One composed mail with its class and the plan family it came from."""

    family: str
    email_class: EmailClass
    email: EmailValue
    context: ThreadContext


def compose_examples(mails_per_plan: int = MAILS_PER_PLAN) -> Iterator[Example]:
    """All training mails, plan by plan, in a fixed order."""
    for pools, plans in _grammars():
        for plan in plans:
            # One generator per plan: adding a plan leaves the mails of all others as they are.
            digest = hashlib.sha256(f"{SEED}:{plan.family}".encode()).digest()
            rng = random.Random(int.from_bytes(digest[:8], "big"))  # noqa: S311 - reproducible, not secret
            for _ in range(mails_per_plan):
                yield _compose(plan, pools, rng)


def corpus_text() -> str:
    """Everything that training reads, as one text: its hash names the cached model."""
    parts = [repr(pools) + repr(plans) for pools, plans in _grammars()]
    return "\n".join([str(SEED), str(MAILS_PER_PLAN), repr(values.SLOTS), repr(values.SENDERS), *parts])


@cache
def _grammars() -> tuple[tuple[dict[str, tuple[str, ...]], tuple[Plan, ...]], ...]:
    english = {**pools_en.POOLS, **pools_market.POOLS, **pools_noise.POOLS, **plans_en.EXTRA_POOLS}
    return (
        (english, plans_en.PLANS),
        (plans_de.POOLS, plans_de.PLANS),
        (plans_fr.POOLS, plans_fr.PLANS),
    )


def _compose(plan: Plan, pools: dict[str, tuple[str, ...]], rng: random.Random) -> Example:
    slots = {name: rng.choice(options) for name, options in values.SLOTS.items()}
    slots["n"] = str(rng.randint(2, 48))
    paragraphs: list[str] = []
    for step in plan.steps:
        match = _STEP.match(step)
        if match is None:
            raise ValueError(f"plan {plan.family}: unreadable step {step}")
        name, chance, most = match.group(1), match.group(2), match.group(3)
        if chance is not None and rng.random() > float(chance):
            continue
        wanted = rng.randint(max(1, int(most) // 2), int(most)) if most else 1
        pool = pools[name]
        lines = [_fill(t, slots, rng) for t in rng.sample(pool, min(wanted, len(pool)))]
        if name == "alert_item":
            lines = [
                _fill(t, {k: rng.choice(v) for k, v in values.SLOTS.items()} | {"n": slots["n"]}, rng)
                for t in [rng.choice(pool)] * wanted
            ]
        joiner = "\n\n" if name == "alert_item" or rng.random() < 0.3 else " "
        paragraphs.append(joiner.join(line for line in lines if line))
    # Some mail reaches us without paragraphs, as one running text.
    separator = " " if rng.random() < 0.2 else "\n\n"
    text = separator.join(p for p in paragraphs if p)
    subject = _fill(rng.choice(plan.subjects), slots, rng) if rng.random() > 0.12 else ""
    mail = _mail(subject, text, plan.style, slots, rng)
    return Example(plan.family, EmailClass(plan.email_class), mail, ThreadContext())


def _mail(subject: str, text: str, style: str, slots: dict[str, str], rng: random.Random) -> EmailValue:
    # Many archives lose the sender, so the model must not lean on it.
    if rng.random() < 0.5:
        return EmailValue(subject=subject, sender_name="", sender_email="", text=text)
    name, address, bulk = rng.choice(values.SENDERS[style])
    headers = HeaderFacts(
        list_unsubscribe=bulk and rng.random() < 0.8,
        precedence="bulk" if bulk and rng.random() < 0.3 else None,
        auto_submitted="auto-generated" if style in {"auto", "ats"} and rng.random() < 0.2 else None,
        is_reply=subject.lower().startswith("re:"),
    )
    return EmailValue(
        subject=subject,
        sender_name=_fill(name, slots, rng),
        sender_email=_fill(address, {**slots, "company": re.sub(r"\W", "", slots["company"]).lower()}, rng),
        text=text,
        headers=headers,
    )


def _fill(template: str, slots: dict[str, str], rng: random.Random) -> str:
    while (match := _CHOICE.search(template)) is not None:
        template = template[: match.start()] + rng.choice(match.group(1).split("|")) + template[match.end() :]
    return _SLOT.sub(lambda m: slots.get(m.group(1), m.group(0)), template).strip()
