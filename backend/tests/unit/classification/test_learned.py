"""Corrections carry over to mail that is almost the same, and to no other."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.classification.learned import ALIKE, groups_of, lesson_from, likeness, nearest, weights_of
from app.classification.service import classify_one
from app.classification.values import EmailClass, EmailValue, Said, ThreadContext


def newsletter(name: str, city: str, day: int, domain: str = "letters.example") -> EmailValue:
    return EmailValue(
        subject=f"{name}, your week in {city}",
        sender_name="Weekly",
        sender_email=f"news@{domain}",
        text=(
            f"Dear {name},\n\nhere is what our members talked about in {city} this week. "
            f"On {day} May we meet again to share what we learned about changing careers and about patience. "
            "Bring a friend, a question and a pen. There is tea, and nobody has to speak.\n\nSee you there"
        ),
    )


def test_the_next_issue_is_like_the_last() -> None:
    lesson = lesson_from(7, newsletter("Ana", "Lisbon", 3), EmailClass.NOT_JOB_RELATED)
    assert nearest(newsletter("Berta", "Porto", 17), [lesson]) == lesson


def test_another_sender_is_another_matter() -> None:
    lesson = lesson_from(7, newsletter("Ana", "Lisbon", 3), EmailClass.NOT_JOB_RELATED)
    assert nearest(newsletter("Ana", "Lisbon", 3, "other.example"), [lesson]) is None


def test_other_words_of_the_same_sender_are_another_matter() -> None:
    lesson = lesson_from(7, newsletter("Ana", "Lisbon", 3), EmailClass.NOT_JOB_RELATED)
    offer = EmailValue(
        subject="Your offer",
        sender_name="Weekly",
        sender_email="news@letters.example",
        text="We are happy to offer you the position of editor with a salary of 48,000 euros a year.",
    )
    assert nearest(offer, [lesson]) is None


def test_of_two_equal_lessons_the_newer_counts() -> None:
    mail = newsletter("Ana", "Lisbon", 3)
    old = lesson_from(3, mail, EmailClass.JOB_ALERT)
    new = lesson_from(9, mail, EmailClass.NOT_JOB_RELATED)
    assert nearest(mail, [new, old]) == new


def test_groups() -> None:
    mails = [
        newsletter("Ana", "Lisbon", 3),
        newsletter("Ana", "Lisbon", 3, "b.example"),
        newsletter("Ed", "Rome", 9),
    ]
    assert groups_of(mails) == [[0, 2], [1]]


@given(st.text(max_size=300), st.text(max_size=300))
def test_likeness_is_a_share(one: str, other: str) -> None:
    a, b = (weights_of(EmailValue(text, "", "", text)) for text in (one, other))
    assert -1e-9 <= likeness(a, b) <= 1 + 1e-9
    assert not a or likeness(a, a) >= ALIKE


def test_what_a_person_said_is_the_verdict_whatever_the_mail_looks_like() -> None:
    rejection = EmailValue(
        subject="Your application at Larkspur Systems",
        sender_name="Larkspur Systems",
        sender_email="jobs@larkspur.example",
        text="Unfortunately we decided to move forward with other candidates for the role of Data Engineer.",
    )
    plain = classify_one(rejection)
    assert plain.email_class is EmailClass.REJECTION
    said = Said(EmailClass.INTERVIEW_REQUEST, "user", "you said so")
    told = classify_one(rejection, ThreadContext(said=said))
    assert (told.email_class, told.confidence, told.classified_by) == (
        EmailClass.INTERVIEW_REQUEST,
        1.0,
        "user",
    )
    assert told.application_stage == "interview"
    assert told.reasoning == ("you said so",)
    assert not told.needs_review
    assert told.runner_ups[0].email_class is EmailClass.REJECTION
    learned = classify_one(
        rejection, ThreadContext(said=Said(EmailClass.NOT_JOB_RELATED, "learned:4", "because"))
    )
    assert (learned.email_class, learned.classified_by, learned.application_stage) == (
        EmailClass.NOT_JOB_RELATED,
        "learned:4",
        None,
    )
