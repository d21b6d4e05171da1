"""The door to classification: verdicts for emails.

scikit-learn and LangGraph load inside the first call, never on import, because the web process imports this
module and must start without them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.classification.errors import TooManyCalls
from app.classification.learned import Lesson, groups_of, lesson_from, nearest
from app.classification.version import PIPELINE_VERSION
from app.core import rate_limit
from app.core.rate_limit import Limit

if TYPE_CHECKING:
    from app.classification.asking.mode import Report
    from app.classification.values import EmailValue, ThreadContext, Verdict
    from app.core.settings import Settings

CALLS = Limit("langgraph", 60, 60)
FRAME_CHARS = 250  # marks, subject, sender of one mail
ANSWER_CHARS = 300  # of one mail's answer
__all__ = [
    "PIPELINE_VERSION",
    "Lesson",
    "ask_model",
    "asks_model",
    "classify",
    "classify_one",
    "count_call",
    "estimate",
    "groups_of",
    "lesson_from",
    "nearest",
    "warm_up",
]


def classify(batch: Sequence[tuple[EmailValue, ThreadContext]]) -> list[Verdict]:
    """One verdict per email, in the order given. Deterministic; raises nothing for any text.

    The model runs once over the whole batch, so batches of about 100 are the fast way. Without an earlier
    `warm_up` the first call trains the model in memory (a few seconds).
    """
    from app.classification.pipeline import run_pipeline

    return run_pipeline(batch)


def classify_one(email: EmailValue, context: ThreadContext | None = None) -> Verdict:
    """The verdict for a single email; `context` None means that nothing is known of its thread."""
    from app.classification.values import ThreadContext as Context

    return classify([(email, context if context is not None else Context())])[0]


def warm_up(cache_dir: Path) -> None:
    """Load the trained model from `cache_dir`, or train it and store it there; compile the graph.

    The file's name carries the hash of the corpus and of the library versions; it is replaced by rename, and
    a damaged, foreign or outdated file means training again, never an error. A folder that can't be written
    costs the next start a training and nothing else.
    """
    from app.classification.pipeline import prepare

    prepare(cache_dir)


def ask_model(
    settings: Settings,
    user_id: int,
    run_id: str | None,
    batch: Sequence[tuple[EmailValue, ThreadContext]],
    local: Sequence[Verdict | None],
    check: Callable[[], None],
    *,
    only_known: bool = False,
) -> tuple[list[Verdict | None], Report]:
    """The local verdicts with a language model's in place of those it was asked about, and what became of them.

    Only to be called where `asks_model` is true, outside any transaction and not on an event loop. Never raises
    what the model or the network does: the local verdict stands then, and the report says why. `only_known` takes
    answers that were paid for before and sends nothing, for what must not wait.
    """
    from app.classification.asking import mode
    from app.llm.service import configured
    from app.llm.values import Asker

    config = configured(settings)
    if config is None:
        return list(local), mode.Report()
    return mode.ask_model(
        settings, config, Asker(user_id, run_id), batch, local, check, only_known=only_known
    )


def estimate(settings: Settings, mails: int, chars: int) -> tuple[int, float | None]:
    """(requests, USD) for asking a language model about so many mails of so many characters together, before any
    cached answer; the cost is None when the price is unknown."""
    from app.classification.asking.prompt import RULES
    from app.llm.service import configured, estimated_cost

    config = configured(settings)
    if config is None or not mails:
        return 0, 0.0
    at_once = settings.classification_batch_size if settings.classification_use_batch_prompt else 1
    calls = math.ceil(mails / max(1, at_once))
    read = chars + calls * len(RULES) + mails * FRAME_CHARS
    return calls, estimated_cost(config, read, mails * ANSWER_CHARS)


def count_call(user_id: int) -> None:
    """Count a request of the user that asks the graph directly. Raises TooManyCalls."""
    if wait := rate_limit.hit(CALLS, str(user_id)):
        raise TooManyCalls(headers={"Retry-After": str(wait)})


def asks_model(settings: Settings) -> bool:
    """Whether mail is judged by a language model too. Costs nothing, so that it can be asked for every batch."""
    return settings.classification_mode != "local" and settings.llm_provider_in_use is not None
