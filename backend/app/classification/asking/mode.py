"""Which mails a model is asked about, in what requests, and what stands when it gives no usable answer."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from typing import Any

from app.classification.asking.answers import MailAnswer, find_quote, match_answers, read_item
from app.classification.asking.letters import gives_orders, letter_of
from app.classification.asking.prompt import PROMPT_VERSION, SCHEMA_VERSION, question_for
from app.classification.asking.verdicts import verdict_by_model
from app.classification.decision import NOT_JOB
from app.classification.values import LEFT_TO_LOCAL, EmailClass, EmailValue, ThreadContext, Verdict
from app.core.settings import Settings
from app.llm import service as llm
from app.llm.errors import AskedToStop, BadAnswer, LlmProblem, RequestRefused
from app.llm.values import Asker, LlmConfig

WEIGHTY = frozenset(
    {EmailClass.INTERVIEW_REQUEST, EmailClass.ASSESSMENT, EmailClass.OFFER, EmailClass.REJECTION}
)
USELESS_AT_MOST = 5  # mails in a row, each asked alone, without a usable answer: the model is no use
_LOOK_EVERY_S = 0.25
_ID_LETTERS = "bcdfghjkmnpqrstvwxyz"  # no vowels: an id is never a word

Item = tuple[EmailValue, ThreadContext]


@dataclass(slots=True)
class Report:
    """What became of a batch of mails. `problem` says why mails that should have been asked about were not."""

    asked: int = 0
    from_cache: int = 0
    by_model: int = 0
    left_to_local: int = 0
    problem: LlmProblem | None = None

    def added_to(self, before: Mapping[str, Any] | None) -> dict[str, Any]:
        """For a run's result, as JSON values: the sums with what was told before, and the newest problem."""
        told: dict[str, Any] = dict(before or {"problem": None})
        for name in ("asked", "from_cache", "by_model", "left_to_local"):
            told[name] = told.get(name, 0) + getattr(self, name)
        if self.problem is not None:
            told["problem"] = {"code": self.problem.code, "detail": self.problem.detail}
        return told


@dataclass(frozen=True, slots=True)
class _Mail:
    """One mail on its way to the model."""

    index: int
    email: EmailValue
    context: ThreadContext
    local: Verdict
    key: str
    gives_orders: bool


@dataclass(slots=True)
class _Round:
    """One call of `ask_model`: only the calling thread changes it."""

    settings: Settings
    config: LlmConfig
    asker: Asker
    stop: threading.Event = field(default_factory=threading.Event)
    answers: dict[int, MailAnswer] = field(default_factory=dict)
    verdicts: dict[int, Verdict] = field(default_factory=dict)
    fresh: dict[str, dict[str, Any]] = field(default_factory=dict)
    problem: LlmProblem | None = None
    settled: int = 0
    useless: int = 0


def ask_model(
    settings: Settings,
    config: LlmConfig,
    asker: Asker,
    batch: Sequence[Item],
    local: Sequence[Verdict | None],
    check: Callable[[], None],
    *,
    only_known: bool = False,
) -> tuple[list[Verdict | None], Report]:
    """The verdicts that count, in the order given, and what became of the mails. `only_known`: nothing is sent.

    Never raises what a model or the network does: the local verdict stands then, and the report says why. `check`
    is called again and again meanwhile; what it raises ends the asking. Must not be called inside a transaction.
    """
    mails = [
        _mail(config, asker, index, item, verdict)
        for index, (item, verdict) in enumerate(zip(batch, local, strict=True))
        if verdict is not None and _is_wanted(settings, item, verdict)
    ]
    report = Report(asked=len(mails))
    verdicts = list(local)
    if not mails:
        return verdicts, report
    this = _Round(settings, config, asker)
    _look_up(this, mails)
    report.from_cache = len(this.answers)
    if not only_known:
        llm.forbid_wrong_place()
        _ask_all(this, [mail for mail in mails if mail.index not in this.answers], check)
    for mail in mails:
        if mail.index in this.answers:
            verdicts[mail.index] = this.verdicts.get(mail.index) or _verdict(this, mail)
        else:
            verdicts[mail.index] = replace(mail.local, warnings=(*mail.local.warnings, LEFT_TO_LOCAL))
    report.by_model = len(this.answers)
    report.left_to_local = len(mails) - len(this.answers)
    report.problem = this.problem
    return verdicts, report


def _verdict(this: _Round, mail: _Mail) -> Verdict:
    return verdict_by_model(
        mail.email,
        mail.context,
        mail.local,
        this.answers[mail.index],
        this.config.model,
        gives_orders=mail.gives_orders,
        sure_from=this.settings.classification_local_confidence_threshold,
    )


def _is_wanted(settings: Settings, item: Item, local: Verdict) -> bool:
    email, context = item
    if context.said is not None:
        return False  # a person has spoken
    mode = llm.effective_mode(settings)
    if mode == "llm_all":
        return True
    doubt = local.unsure or local.needs_review
    if (
        local.email_class in NOT_JOB
        and not doubt
        and local.confidence >= settings.review_confidence_threshold
    ):
        return False  # surely not about a job: nobody else's business
    if email.calendar and local.email_class is EmailClass.INTERVIEW_REQUEST and not doubt:
        return False  # its calendar part said so, and that part isn't sent
    if mode == "hybrid":
        return doubt or local.confidence < settings.classification_local_confidence_threshold
    return mode == "llm"


def _mail(config: LlmConfig, asker: Asker, index: int, item: Item, local: Verdict) -> _Mail:
    email, context = item
    read = [
        email.subject,
        email.sender_name,
        email.sender_email,
        email.text,
        email.received_at.isoformat() if email.received_at else None,
        email.calendar,
        [c.value for c in context.previous_classes],
        [d.value for d in context.previous_directions],
        context.own_last_sentence,
    ]
    key = llm.answer_key(asker.user_id, config, PROMPT_VERSION, SCHEMA_VERSION, read)
    return _Mail(index, email, context, local, key, gives_orders(email))


def _look_up(this: _Round, mails: Sequence[_Mail]) -> None:
    known = llm.find_answers(this.asker.user_id, [mail.key for mail in mails])
    for mail in mails:
        stored = known.get(mail.key)
        if stored is not None and (answer := read_item(stored)) is not None:
            this.answers[mail.index] = answer


def _ask_all(this: _Round, mails: Sequence[_Mail], check: Callable[[], None]) -> None:
    if not mails:
        return
    workers = ThreadPoolExecutor(min(this.config.max_in_flight, len(mails)), thread_name_prefix="ask-model")
    try:
        _work_through(this, workers, mails, check)
    except BaseException:
        this.stop.set()
        workers.shutdown(wait=False, cancel_futures=True)
        _remember(this)
        raise
    workers.shutdown(wait=True)
    _remember(this)


def _work_through(
    this: _Round, workers: ThreadPoolExecutor, mails: Sequence[_Mail], check: Callable[[], None]
) -> None:
    under_way: dict[Future[dict[int, MailAnswer]], list[_Mail]] = {}
    for group in _groups(this.settings, mails):
        under_way[workers.submit(_ask, this, group)] = group
    while under_way:
        done, _ = wait(under_way, timeout=_LOOK_EVERY_S, return_when=FIRST_COMPLETED)
        check()
        for future in done:
            group = under_way.pop(future)
            if future.cancelled():
                continue
            for mail in _take(this, group, future):
                under_way[workers.submit(_ask, this, [mail])] = [mail]
        if this.problem is not None:
            for future in list(under_way):
                if future.cancel():
                    del under_way[future]
        if done:
            _remember(this)


def _groups(settings: Settings, mails: Sequence[_Mail]) -> Iterator[list[_Mail]]:
    """Batches; a mail that sounds like orders travels alone, so that it can speak of no other."""
    size = settings.classification_batch_size if settings.classification_use_batch_prompt else 1
    together = [mail for mail in mails if size > 1 and not mail.gives_orders]
    for start in range(0, len(together), max(1, size)):
        yield together[start : start + size]
    for mail in mails:
        if size <= 1 or mail.gives_orders:
            yield [mail]


def _ask(this: _Round, group: Sequence[_Mail]) -> dict[int, MailAnswer]:
    """In a thread: one question; the valid answers by index."""
    ids = _ids(len(group))
    answer = llm.ask(
        this.config,
        this.asker,
        question_for(
            [(mail_id, letter_of(mail.email, mail.context)) for mail_id, mail in zip(ids, group, strict=True)]
        ),
        this.stop,
    )
    found = match_answers(answer.content, ids)
    return {mail.index: found[mail_id] for mail_id, mail in zip(ids, group, strict=True) if mail_id in found}


def _ids(count: int) -> list[str]:
    """Random, so that no mail can name another one, or its own end."""
    found: set[str] = set()
    while len(found) < count:
        found.add("".join(secrets.choice(_ID_LETTERS) for _ in range(10)))
    return list(found)


def _take(this: _Round, group: list[_Mail], future: Future[dict[int, MailAnswer]]) -> list[_Mail]:
    """Keep what is usable of a group's answers; the mails that are to be asked about again, each alone."""
    trouble: LlmProblem = BadAnswer("The model's answers name other mails, or no class that there is.")
    given: dict[int, MailAnswer] = {}
    try:
        given = future.result()
    except AskedToStop:
        return []
    except (BadAnswer, RequestRefused) as problem:
        trouble = problem
    except LlmProblem as problem:
        this.problem = this.problem or problem
        return []
    if len(group) == 1:
        _take_alone(this, group[0], given.get(group[0].index), trouble)
        return []
    again = [mail for mail in group if not _take_from_batch(this, mail, given.get(mail.index), group)]
    return again if this.problem is None else []


def _take_alone(this: _Round, mail: _Mail, answer: MailAnswer | None, trouble: LlmProblem) -> None:
    if answer is not None:
        _settle(this, mail, answer)
        return
    this.useless += 1
    if this.useless >= USELESS_AT_MOST and not this.settled:
        this.problem = this.problem or trouble
        llm.set_aside(this.config, trouble)


def _take_from_batch(this: _Round, mail: _Mail, answer: MailAnswer | None, group: Sequence[_Mail]) -> bool:
    """Whether the answer stands. One that quotes another mail of the batch is thrown away."""
    if answer is None:
        return False
    in_own = find_quote(mail.email, answer.quote) is not None
    if not in_own and any(find_quote(m.email, answer.quote) for m in group if m is not mail):
        return False
    least = this.settings.classification_batch_confidence_threshold
    if answer.email_class in WEIGHTY and (answer.confidence < least or not in_own):
        this.answers[mail.index] = answer  # stands unless the mail alone says more
        return False
    _settle(this, mail, answer)
    return True


def _settle(this: _Round, mail: _Mail, answer: MailAnswer) -> None:
    this.answers[mail.index] = answer
    this.fresh[mail.key] = answer.model_dump(mode="json")
    this.verdicts[mail.index] = _verdict(this, mail)  # now, while other answers are under way
    this.settled += 1


def _remember(this: _Round) -> None:
    """Store what was settled since the last time: what was paid for is not lost when the run ends here."""
    llm.remember_answers(this.asker.user_id, this.config, this.fresh)
    this.fresh = {}
