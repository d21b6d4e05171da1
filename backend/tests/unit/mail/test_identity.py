"""When two messages are one email, and what keeps near misses apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.mail import mime
from app.mail.identity import NEAR, find_same, is_alike
from app.mail.models import Email
from app.mail.values import ParsedMail
from tests.factories.mails import make_mail

AT = datetime(2026, 3, 2, 8, tzinfo=UTC)
SENTENCES = st.lists(
    st.sampled_from(
        [
            "Thank you for your application.",
            "We would like to invite you to an interview.",
            "Unfortunately we went with somebody else.",
            "Please bring your papers.",
            "Kind regards, Larkspur Systems",
            "Mit freundlichen Grüßen",
        ]
    ),
    min_size=5,
    max_size=40,
)


def parsed(text: str = "Thank you for your application.", **more: str | None) -> ParsedMail:
    return mime.parse(make_mail(text, **more))  # type: ignore[arg-type]


def stored(mail: ParsedMail) -> tuple[Email, str]:
    """The email that this message has become, with its text."""
    email = Email(
        rfc822_message_id=mail.rfc822_message_id,
        sender_email=mail.sender_email,
        subject=mail.subject,
        received_at=mail.date,
        content_hash=mail.content_hash,
    )
    return email, mail.text


def same(one: ParsedMail, other: ParsedMail) -> bool:
    found, near_misses = find_same(one, [stored(other)])
    assert near_misses == (found is None)
    return found is not None


@given(SENTENCES, st.timedeltas(-NEAR, NEAR))
def test_the_same_message_is_one_email_wherever_its_clock_was(lines: list[str], drift: timedelta) -> None:
    mail = parsed("\n".join(lines))
    assert same(replace(mail, date=AT + drift), replace(mail, date=AT))


@given(
    st.timedeltas(timedelta(seconds=1), timedelta(days=4000)),
    st.sampled_from([-1, 1]),
    st.sampled_from(["date", "sender", "text", "message id"]),
)
def test_one_thing_that_differs_keeps_them_apart(more: timedelta, sign: int, what: str) -> None:
    mail = replace(parsed(), date=AT)
    other = {
        "date": replace(mail, date=AT + sign * (NEAR + more)),
        "sender": replace(mail, sender_email="other@larkspur.example"),
        "text": parsed("Unfortunately we went with somebody else for this position."),
        "message id": replace(mail, rfc822_message_id=None),
    }[what]
    assert not same(other, mail)
    assert not same(mail, other)


@given(SENTENCES, st.integers(0, 100))
def test_a_footer_is_tolerated_as_long_as_it_is_small(lines: list[str], percent: int) -> None:
    """A list's footer of f per cent of the text leaves a similarity of 2 / (2 + f)."""
    text = "\n".join(lines)
    footer = "\n" + "_" * (len(text) * percent // 100)
    with_footer = text + footer
    similarity = 2 * len(text) / (len(text) + len(with_footer))
    mail, other = parsed(text), parsed(with_footer)
    if similarity >= 0.91:
        assert same(mail, other)
        assert same(other, mail)
    elif similarity < 0.89:
        assert not same(mail, other)
        assert not same(other, mail)


def test_long_texts_are_compared_to_their_end() -> None:
    same_half = "The first half is the same in both. " * 1_000
    one = same_half + "This one says that we invite you. " * 1_000
    other = same_half + "That other tells you of a rejection! " * 950
    assert not is_alike(one, other)
    assert is_alike(one, one + "\n-- \nYou get this because you are on the list of applicants.")
    assert not is_alike("", "")


def test_without_message_id_everything_else_has_to_be_the_same() -> None:
    mail = parsed(message_id=None)
    assert same(mail, mail)
    assert same(replace(mail, date=mail.date + timedelta(seconds=1)) if mail.date else mail, mail)
    for other in (
        parsed(message_id=None, date="Mon, 02 Mar 2026 09:00:09 +0100"),
        parsed(message_id=None, subject="Your application again"),
        parsed(message_id=None, sender="other@larkspur.example"),
        parsed("Thank you for your application!", message_id=None),
        parsed(),
        replace(mail, date=None),
    ):
        assert not same(other, mail)


def test_the_right_one_is_found_among_near_misses() -> None:
    mail = parsed()
    rows = [
        stored(parsed("Something else entirely, of that very id.")),
        stored(parsed(sender="x@y.example")),
        stored(mail),
    ]
    found, near_misses = find_same(mail, rows)
    assert (found, near_misses) == (rows[2][0], 2)
    assert find_same(mail, rows[:2]) == (None, 2)
