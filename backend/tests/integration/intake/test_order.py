"""The order in which mail arrives must not matter: it is synced newest first, in pieces, through several doors."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from fastapi import FastAPI

from tests.factories.accounts import make_user, signed_in
from tests.factories.imports import import_mails
from tests.factories.mailboxes import demo_mails, generated_mails
from tests.factories.states import State, state_of
from tests.integration.conftest import Person

OWN = {"own_addresses": ["alex@jobtrail.example"]}


def arrived(app: FastAPI, name: str, pieces: Sequence[Sequence[bytes]]) -> State:
    """What a new user's mail says when it came in these pieces."""
    user = make_user(name)
    with signed_in(app, name) as client:
        assert client.patch("/api/settings", json=OWN).status_code == 200
        for piece in pieces:
            import_mails(client, piece)
    return state_of(user.id)


def in_pieces(mails: list[bytes], seed: int) -> list[list[bytes]]:
    """The mails shuffled and cut into pieces of 1 to 60."""
    dice = random.Random(seed)
    shuffled = dice.sample(mails, len(mails))
    pieces = []
    while shuffled:
        size = dice.choice((1, 7, 25, 60))
        pieces.append(shuffled[:size])
        shuffled = shuffled[size:]
    return pieces


def differences(one: State, other: State) -> list[str]:
    """What the two disagree about, in words."""
    classes = [
        f"{i}: {c} / {other.classes.get(i)}" for i, c in one.classes.items() if other.classes.get(i) != c
    ]
    groups = [str(c) for c in one.candidacies ^ other.candidacies]
    return classes + sorted(groups)


def test_any_order_gives_the_same(ana: Person, app: FastAPI) -> None:
    assert_order_is_nothing(app, generated_mails(90, seed=3))


@pytest.mark.one_database
@pytest.mark.timeout(400)
def test_nor_does_it_matter_for_the_demo(ana: Person, app: FastAPI) -> None:
    assert_order_is_nothing(app, demo_mails())


def assert_order_is_nothing(app: FastAPI, mails: list[bytes]) -> None:
    expected = arrived(app, "oldest-first", [mails])
    assert expected.application_count >= 12
    newest_first = arrived(app, "newest-first", [mails[::-1][n : n + 40] for n in range(0, len(mails), 40)])
    assert differences(expected, newest_first) == []
    shuffled = arrived(app, "shuffled", in_pieces(mails, seed=11))
    assert differences(expected, shuffled) == []
    assert expected == newest_first == shuffled
