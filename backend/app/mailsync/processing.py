"""What mails say, told at once, without storing them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.classification.values import EmailValue, HeaderFacts, Verdict
from app.core.clock import monotonic
from app.intake import service as intake
from app.intake.errors import JudgingTooSlow
from app.mail.values import ParsedMail
from app.runs import pool

WITHIN_S = 120.0


def parse_messages(messages: list[bytes]) -> list[ParsedMail]:
    """Runs in a pool process."""
    from app.mail import mime

    return [mime.parse(message) for message in messages]


def read_messages(user_id: int, messages: Sequence[bytes]) -> list[tuple[ParsedMail, Verdict | None]]:
    """Each message parsed, with its verdict; None for one that can't be judged. Raises JudgingTooSlow."""
    check = _deadline()
    parsed = pool.result_of(pool.submit(parse_messages, list(messages)), check)
    verdicts = intake.judge_values(user_id, [value_of(mail) for mail in parsed], check)
    return list(zip(parsed, verdicts, strict=True))


def value_of(parsed: ParsedMail) -> EmailValue:
    """A parsed message as classification reads it."""
    facts = parsed.headers
    return EmailValue(
        subject=parsed.subject,
        sender_name=parsed.sender_name,
        sender_email=parsed.sender_email,
        text=parsed.text,
        received_at=parsed.date,
        recipients=parsed.recipients,
        calendar=parsed.calendar,
        links=parsed.links,
        headers=HeaderFacts(
            list_unsubscribe=facts["list_unsubscribe"],
            list_id=facts["list_id"],
            precedence=facts["precedence"],
            auto_submitted=facts["auto_submitted"],
            reply_to=facts["reply_to"],
            is_reply=bool(parsed.in_reply_to or parsed.references),
        ),
    )


def _deadline() -> Callable[[], None]:
    ends = monotonic() + WITHIN_S

    def check() -> None:
        if monotonic() > ends:
            raise JudgingTooSlow("This took longer than two minutes; send fewer at once.")

    return check
