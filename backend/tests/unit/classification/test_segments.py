"""Segments tile the text, and only what the sender wrote now may vote."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.classification.segments import (
    Segmented,
    SegmentKind,
    segment,
    sentences,
    voting_sentences,
)


def kinds_of(text: str, quote: str) -> set[SegmentKind]:
    """The kinds of the segments in which `quote` stands."""
    at = text.index(quote)
    return {s.kind for s in segment(text).segments if s.start < at + len(quote) and at < s.end}


def voting_text(text: str) -> str:
    return " | ".join(text[s.start : s.end] for s in voting_sentences(sentences(segment(text))))


OWN = "Thank you for coming in yesterday. We would like to see you again next week.\n\n"


@pytest.mark.parametrize(
    ("below", "quote", "kind"),
    [
        (
            "On Tue, 3 Mar 2026 at 10:00, Robin <robin@example.com> wrote:\n> Is there news?\n",
            "Is there",
            SegmentKind.QUOTED,
        ),
        (
            "On Tuesday, 3 March 2026 at 10:00, Robin Sample\n<robin@example.com> wrote:\n\nIs there news?\n",
            "Is there",
            SegmentKind.QUOTED,
        ),
        (
            "Am 3. März 2026 um 10:00 schrieb Robin Sample:\n> Gibt es etwas Neues?\n",
            "Gibt es",
            SegmentKind.QUOTED,
        ),
        ("Le 3 mars 2026 à 10:00, Robin a écrit :\n> Des nouvelles ?\n", "Des nouv", SegmentKind.QUOTED),
        ("-----Original Message-----\nFrom: Robin\nIs there news?\n", "Is there", SegmentKind.QUOTED),
        (
            "From: Robin Sample\nSent: Tuesday\nTo: Pat\nSubject: news\n\nIs there news?\n",
            "Is there",
            SegmentKind.QUOTED,
        ),
        (
            "---------- Forwarded message ---------\nFrom: Pat\n\nHere is the plan.\n",
            "Here is",
            SegmentKind.FORWARDED,
        ),
        ("Best regards,\nPat Sample\nBluefern Ltd\n", "Pat Sample", SegmentKind.SIGNATURE),
        ("Mit freundlichen Grüßen\nPat Sample\n", "Pat Sample", SegmentKind.SIGNATURE),
        ("-- \nPat Sample\n+1 555 0100\n", "555", SegmentKind.SIGNATURE),
        ("You are receiving this email because you applied.\nUnsubscribe\n", "Unsub", SegmentKind.FOOTER),
        ("Bluefern is an equal opportunity employer.\n", "equal", SegmentKind.FOOTER),
        ("Responsibilities:\n- Build things\n- Mend things\n", "Mend", SegmentKind.JOB_DESCRIPTION),
    ],
)
def test_what_travels_along_has_a_kind_of_its_own(below: str, quote: str, kind: SegmentKind) -> None:
    text = OWN + below
    assert kinds_of(text, quote) == {kind}
    assert kinds_of(text, "We would like") == {SegmentKind.BODY}


def test_a_list_of_jobs_is_a_digest() -> None:
    jobs = "\n\n".join(f"Data Analyst {n}\nBluefern - Springfield, IL\n{n} days ago" for n in range(2, 7))
    text = f"Here are new jobs for you.\n\n{jobs}\n"
    assert kinds_of(text, "Data Analyst 4") == {SegmentKind.DIGEST}


def test_new_text_between_quotes_stays_body() -> None:
    text = "On Mon, Pat wrote:\n> Can you come at ten?\n\nTen is fine with me, see you there on Friday.\n"
    text = "Hello Pat, see my answers below please.\n" + text
    assert kinds_of(text, "Ten is fine") == {SegmentKind.BODY}
    assert kinds_of(text, "Can you come") == {SegmentKind.QUOTED}


def test_similar_jobs_in_a_footer_do_not_vote() -> None:
    text = OWN + "Unsubscribe from these emails\nSimilar jobs: Data Analyst, Nurse\n"
    assert "Similar jobs" not in voting_text(text)


def test_a_short_answer_lets_the_thread_speak() -> None:
    text = "See below.\n\nOn Mon, 2 Mar 2026, Pat wrote:\n> We invite you to an interview on Friday.\n"
    assert "invite you to an interview" in voting_text(text)


def test_a_forwarded_mail_speaks() -> None:
    text = "fyi\n\nBegin forwarded message:\n\nFrom: Pat\n\nWe invite you to an interview.\n"
    assert "invite you to an interview" in voting_text(text)


def test_sentences_are_cut_at_full_stops_and_list_items_but_not_at_abbreviations_or_wraps() -> None:
    text = (
        "Dear Ms. Sample, your visit with Dr. Muster is on Friday. Bring your papers!\n\n"
        "This line was wrapped by the program that sent it, because it was\nlonger than the window."
        "\n- One\n- Two\n"
    )
    found = [" ".join(text[s.start : s.end].split()) for s in sentences(segment(text))]
    assert found == [
        "Dear Ms. Sample, your visit with Dr. Muster is on Friday.",
        "Bring your papers!",
        "This line was wrapped by the program that sent it, because it was longer than the window.",
        "- One",
        "- Two",
    ]


def check_tiling(text: str, segmented: Segmented) -> None:
    assert "".join(text[s.start : s.end] for s in segmented.segments) == text
    ends = [0, *(s.end for s in segmented.segments)]
    assert [s.start for s in segmented.segments] == ends[:-1]
    positions: dict[SegmentKind, int] = {}
    last = 0
    for sentence in sentences(segmented):
        assert last <= sentence.start < sentence.end <= len(text)
        assert not text[sentence.start].isspace()
        assert sentence.position == positions.get(sentence.segment_kind, 0)
        positions[sentence.segment_kind] = sentence.position + 1
        last = sentence.end


LINES = st.sampled_from(
    [
        "Hello there.",
        "> quoted",
        "On Monday, Pat wrote:",
        "-- ",
        "Best regards,",
        "Unsubscribe",
        "",
        "Requirements:",
        "From: a",
        "Sent: b",
        "To: c",
        "- item",
        "Rivertown, CA",
        "Apply now",
        "---------- Forwarded message",
        "x" * 700,
        "© 2024 Bluefern",
        "\u2028",
        "\t",
    ]
)


@given(st.one_of(st.text(max_size=400), st.lists(LINES, max_size=40).map("\n".join)))
def test_any_text_is_tiled(text: str) -> None:
    check_tiling(text, segment(text))


@pytest.mark.parametrize(
    "piece", ["word ", "Lorem ipsum dolor. ", "a\n", "> a\n", "email ", "From: a\n", ".", "-- \n"]
)
def test_huge_mail_is_tiled_quickly(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    begin = process_time()
    segmented = segment(text)
    found = sentences(segmented)
    assert process_time() - begin < 1.0
    assert segmented.segments[-1].end == len(text)
    assert all(s.end - s.start <= 700 for s in found)
