"""Passwords: real ones verify, and unknown users cost as much time as wrong passwords."""

from __future__ import annotations

import statistics
import time

from argon2 import PasswordHasher, Type, extract_parameters

from app.auth import passwords


def seconds(stored: str | None) -> float:
    started = time.perf_counter()
    passwords.is_password(stored, "a wrong password")
    return time.perf_counter() - started


def test_only_the_right_password_verifies() -> None:
    stored = passwords.hash_password("correct horse battery")
    assert passwords.is_password(stored, "correct horse battery")
    assert not passwords.is_password(stored, "correct horse battery ")
    assert not passwords.is_password("not a hash", "correct horse battery")
    assert not passwords.is_password(None, "nobody-has-this-password")


def test_hashes_are_argon2id_and_salted() -> None:
    first, second = (passwords.hash_password("correct horse battery") for _ in range(2))
    found = extract_parameters(first)
    assert first != second
    assert (found.type, found.memory_cost, found.time_cost) == (Type.ID, 19_456, 2)


def test_an_unknown_user_takes_as_long_as_a_wrong_password() -> None:
    stored = passwords.hash_password("correct horse battery")
    known = statistics.median(seconds(stored) for _ in range(7))
    unknown = statistics.median(seconds(None) for _ in range(7))
    assert 0.4 < unknown / known < 2.5


def test_old_parameters_are_renewed() -> None:
    old = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash("correct horse battery")
    fresh = passwords.rehash_if_outdated(old, "correct horse battery")
    assert fresh is not None
    assert passwords.is_password(fresh, "correct horse battery")
    assert passwords.rehash_if_outdated(fresh, "correct horse battery") is None
