"""Where an application stands: forward by mail, back only by the user, reopened with care."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.applications.fold import PROGRESS, RANK, STAGES, Event, MailEvent, Standing, UserEvent, fold

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
STAGE_OF = {
    "APPLICATION_RECEIVED": "applied",
    "ASSESSMENT": "assessment",
    "INTERVIEW_REQUEST": "interview",
    "OFFER": "offer",
    "REJECTION": "rejected",
}


def day(number: float) -> datetime:
    return START + timedelta(days=number)


def mail(
    email_id: int,
    at: float,
    email_class: str | None,
    *,
    confidence: float = 0.95,
    method: str = "thread",
    direction: str = "in",
    unsure: bool = False,
) -> MailEvent:
    stage = STAGE_OF.get(email_class or "")
    return MailEvent(email_id, day(at), email_class, confidence, method, direction, stage, unsure)


def user(decision_id: int, at: float, stage: str) -> UserEvent:
    return UserEvent(decision_id, day(at), stage)


def test_nothing_said_is_saved() -> None:
    assert fold([]) == Standing("saved")


def test_forward_step_by_step() -> None:
    standing = fold(
        [
            mail(1, 0, "APPLICATION_RECEIVED"),
            mail(2, 5, "ASSESSMENT"),
            mail(3, 9, "INTERVIEW_REQUEST", confidence=0.9),
            mail(4, 12, "INTERVIEW_REQUEST"),
            mail(5, 13, None, direction="out"),
        ]
    )
    assert standing.stage == "interview"
    assert standing.since == day(9)
    assert (standing.category, standing.confidence) == ("INTERVIEW_REQUEST", 0.9)
    assert standing.moments == {"applied": day(0), "assessment": day(5), "interview": day(9)}
    assert standing.deciding == {"applied": 1, "assessment": 2, "interview": 3}
    assert [(c.from_stage, c.to_stage, c.cause_email_id) for c in standing.changes] == [
        (None, "applied", 1),
        ("applied", "assessment", 2),
        ("assessment", "interview", 3),
    ]
    assert (standing.last_activity_at, standing.last_direction) == (day(13), "out")


def test_a_later_stage_implies_earlier_ones_without_inventing_dates() -> None:
    standing = fold([mail(1, 3, "INTERVIEW_REQUEST")])
    assert standing.stage == "interview"
    assert standing.moments == {"interview": day(3)}


def test_a_late_confirmation_moves_nothing_back_and_states_its_date() -> None:
    standing = fold([mail(1, 3, "INTERVIEW_REQUEST"), mail(2, 5, "APPLICATION_RECEIVED")])
    assert standing.stage == "interview"
    assert standing.moments == {"interview": day(3), "applied": day(5)}


def test_news_alone_is_an_application_without_a_date() -> None:
    standing = fold([mail(1, 0, None, direction="out"), mail(2, 1, "STATUS_UPDATE")])
    assert (standing.stage, standing.moments) == ("applied", {})
    assert standing.category == "STATUS_UPDATE"


def test_own_and_unsure_mail_moves_nothing() -> None:
    events = [
        mail(1, 0, "APPLICATION_RECEIVED"),
        mail(2, 1, "OFFER", direction="out"),
        mail(3, 2, "REJECTION", unsure=True),
    ]
    assert fold(events).stage == "applied"


@pytest.mark.parametrize("method", ["thread", "identifier", "exact", "user"])
@pytest.mark.parametrize("email_class", ["INTERVIEW_REQUEST", "ASSESSMENT", "OFFER"])
def test_a_sure_firm_invitation_reopens(method: str, email_class: str) -> None:
    events = [
        mail(1, 0, "APPLICATION_RECEIVED"),
        mail(2, 5, "REJECTION"),
        mail(3, 9, email_class, confidence=0.85, method=method),
    ]
    standing = fold(events)
    assert standing.stage == STAGE_OF[email_class]
    assert "rejected" not in standing.moments
    assert standing.review == ()


@pytest.mark.parametrize(
    ("email_class", "confidence", "method", "review"),
    [
        ("INTERVIEW_REQUEST", 0.84, "thread", (3,)),
        ("OFFER", 0.97, "fuzzy", (3,)),
        ("ASSESSMENT", 0.97, "company", (3,)),
        ("STATUS_UPDATE", 0.97, "thread", ()),
        ("APPLICATION_RECEIVED", 0.97, "thread", ()),
        ("REJECTION", 0.97, "thread", ()),
    ],
)
def test_what_does_not_reopen(
    email_class: str, confidence: float, method: str, review: tuple[int, ...]
) -> None:
    events = [
        mail(1, 0, "ASSESSMENT"),
        mail(2, 5, "REJECTION"),
        mail(3, 9, email_class, confidence=confidence, method=method),
    ]
    standing = fold(events)
    assert standing.stage == "rejected"
    assert standing.moments["rejected"] == day(5)
    assert standing.review == review


def test_reopening_goes_back_to_where_it_was_and_a_new_rejection_counts() -> None:
    events = [
        mail(1, 0, "INTERVIEW_REQUEST"),
        mail(2, 5, "REJECTION"),
        mail(3, 9, "ASSESSMENT"),
    ]
    assert fold(events).stage == "interview"
    assert fold([*events, mail(4, 20, "REJECTION")]).moments["rejected"] == day(20)


@pytest.mark.parametrize("end", ["accepted", "withdrawn"])
@pytest.mark.parametrize("email_class", ["INTERVIEW_REQUEST", "OFFER", "REJECTION", "APPLICATION_RECEIVED"])
def test_what_the_user_ended_stays_ended(end: str, email_class: str) -> None:
    standing = fold([mail(1, 0, "OFFER"), user(1, 2, end), mail(2, 5, email_class)])
    assert standing.stage == end
    asked = (end, email_class) in {
        ("withdrawn", "INTERVIEW_REQUEST"),
        ("withdrawn", "OFFER"),
        ("accepted", "REJECTION"),
    }
    assert standing.review == ((2,) if asked else ())


def test_the_user_beats_earlier_mail_however_late_it_is_fetched() -> None:
    said = user(7, 10, "interview")
    assert fold([mail(1, 0, "APPLICATION_RECEIVED"), said]).stage == "interview"
    fetched_late: list[Event] = [
        mail(1, 0, "APPLICATION_RECEIVED"),
        said,
        mail(2, 9, "REJECTION"),
        mail(3, 8, "OFFER"),
    ]
    standing = fold(fetched_late)
    assert standing.stage == "interview"
    assert standing.moments == {"applied": day(0), "interview": day(10)}
    assert fold([*fetched_late, mail(4, 12, "OFFER")]).stage == "offer"


def test_mail_at_the_same_moment_is_before_the_user() -> None:
    assert fold([user(1, 3, "applied"), mail(9, 3, "REJECTION")]).stage == "applied"


def test_setting_a_misread_stage_back_forgets_its_moment() -> None:
    standing = fold([mail(1, 0, "APPLICATION_RECEIVED"), mail(2, 3, "OFFER"), user(1, 4, "applied")])
    assert standing.stage == "applied"
    assert standing.moments == {"applied": day(0)}
    assert standing.deciding == {"applied": 1}
    assert [c.to_stage for c in standing.changes] == ["applied", "offer", "applied"]
    assert standing.changes[-1].decision_id == 1


def test_saying_the_same_stage_again_corrects_its_date() -> None:
    standing = fold([mail(1, 5, "APPLICATION_RECEIVED"), user(1, 6, "applied")])
    assert standing.moments == {"applied": day(6)}
    earlier = fold([mail(1, 5, "APPLICATION_RECEIVED"), user(1, 2, "applied")])
    assert earlier.moments == {"applied": day(2)}
    assert len(earlier.changes) == 1


def test_the_category_is_the_mails_that_says_the_same_else_none() -> None:
    events: list[Event] = [mail(1, 0, "INTERVIEW_REQUEST"), mail(2, 1, "REJECTION"), user(1, 2, "interview")]
    assert fold(events).category == "INTERVIEW_REQUEST"
    assert fold([mail(1, 0, "INTERVIEW_REQUEST"), user(1, 2, "withdrawn")]).category is None


def test_revoking_is_folding_without() -> None:
    mails = [mail(1, 0, "APPLICATION_RECEIVED"), mail(2, 5, "INTERVIEW_REQUEST")]
    later = [mail(3, 8, "ASSESSMENT"), mail(4, 9, "REJECTION"), mail(5, 9, "STATUS_UPDATE")]
    decided = fold([*mails, user(1, 6, "withdrawn"), *later])
    assert decided.stage == "withdrawn"
    assert fold([*mails, *later]).stage == "rejected"


def test_a_pin_stops_the_machine() -> None:
    events = [mail(1, 0, "APPLICATION_RECEIVED"), mail(2, 5, "INTERVIEW_REQUEST"), mail(3, 9, "REJECTION")]
    assert fold(events, pinned_stage="interview", pinned_at=day(6)).stage == "interview"
    pinned = fold(events, pinned_stage="applied", pinned_at=day(6))
    assert pinned.stage == "applied"
    assert pinned.moments == {"applied": day(0)}
    assert pinned.last_activity_at == day(9)
    assert fold(events, pinned_stage="offer").stage == "offer"
    assert fold([], pinned_stage="applied").stage == "applied"


EVENTS = st.lists(
    st.one_of(
        st.builds(
            mail,
            st.integers(1, 8),
            st.integers(0, 6),
            st.sampled_from([*STAGE_OF, "STATUS_UPDATE", "RECRUITER_OUTREACH", None]),
            confidence=st.sampled_from([0.5, 0.85, 0.97]),
            method=st.sampled_from(["thread", "company", "new", "exact"]),
            direction=st.sampled_from(["in", "in", "out"]),
            unsure=st.booleans(),
        ),
        st.builds(user, st.integers(1, 8), st.integers(0, 6), st.sampled_from([*sorted(STAGES), "nonsense"])),
    ),
    max_size=10,
    unique_by=lambda event: (
        type(event),
        event.email_id if isinstance(event, MailEvent) else event.decision_id,
    ),
)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(EVENTS, st.randoms(use_true_random=False))
def test_total_and_independent_of_order(events: list[Event], chance: random.Random) -> None:
    wanted = fold(events)
    shuffled = list(events)
    for _ in range(5):
        chance.shuffle(shuffled)
        assert fold(shuffled) == wanted
    assert wanted.stage in STAGES
    assert all(
        before.at <= after.at for before, after in zip(wanted.changes, wanted.changes[1:], strict=False)
    )
    if wanted.changes:
        assert wanted.changes[-1].to_stage == wanted.stage
    assert wanted.changes == () or wanted.stage == "saved" or wanted.since is not None


@settings(max_examples=80, deadline=None, derandomize=True)
@given(EVENTS)
def test_mail_alone_never_moves_back_nor_says_what_is_the_users(events: list[Event]) -> None:
    mails = [event for event in events if isinstance(event, MailEvent)]
    standing = fold(mails)
    assert standing.stage not in {"accepted", "withdrawn"}
    furthest = 0
    for change in standing.changes:
        if change.to_stage in RANK:
            assert RANK[change.to_stage] >= furthest
            furthest = RANK[change.to_stage]
    assert all(moment in {event.at for event in mails} for moment in standing.moments.values())
    assert set(standing.moments) <= {*PROGRESS[1:5], "rejected"}
