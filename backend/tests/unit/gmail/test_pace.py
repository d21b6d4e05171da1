"""Retries spread out; the width shrinks at once and grows back slowly."""

from __future__ import annotations

from app.mail.gmail.pace import RetryPolicy, Width, backoff


def test_backoff_doubles_its_limit_up_to_the_cap() -> None:
    policy = RetryPolicy(base_s=1, cap_s=8)
    for attempt, limit in ((1, 1), (2, 2), (3, 4), (4, 8), (9, 8)):
        waits = [backoff(policy, attempt) for _ in range(300)]
        assert min(waits) >= 0
        assert limit * 0.8 < max(waits) <= limit


def test_width_gives_up_batches_before_their_size() -> None:
    width = Width(4, 25)
    seen = []
    for _ in range(6):
        width.shrink()
        seen.append((width.batches, width.size))
    assert seen == [(2, 25), (1, 25), (1, 12), (1, 6), (1, 5), (1, 5)]


def test_width_grows_back_to_where_it_began() -> None:
    width = Width(2, 20)
    for _ in range(3):
        width.shrink()
    assert (width.batches, width.size) == (1, 5)
    for _ in range(4):
        width.note_clean()
    assert (width.batches, width.size) == (1, 10)
    for _ in range(100):
        width.note_clean()
    assert (width.batches, width.size) == (2, 20)


def test_a_small_batch_size_stays_what_it_is() -> None:
    width = Width(1, 3)
    width.shrink()
    assert width.size == 3
