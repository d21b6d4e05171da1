"""2-step login: an app's code besides the password, each code once, recovery codes once, guessing gets slow."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import time_machine
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import text

from app.core import db as database
from tests.factories.accounts import PASSWORD, bearer, client_from, make_user, signed_in, token_of
from tests.factories.codes import code_of, switch_on


def login(client: TestClient, code: str | None = None, password: str = PASSWORD) -> tuple[int, str]:
    body = {"username": "ana", "password": password} | ({} if code is None else {"code": code})
    answer = client.post("/api/login", json=body)
    return answer.status_code, answer.json().get("code", "")


def test_it_is_on_once_the_first_code_is_confirmed(app: FastAPI, client: TestClient) -> None:
    make_user("ana")
    headers = bearer(token_of(client, "ana"))
    wrong = client.post("/api/auth/totp", json={"password": "wrong password"}, headers=headers)
    assert (wrong.status_code, wrong.json()["code"]) == (403, "auth.wrong_password")
    early = client.post("/api/auth/totp/confirm", json={"code": "123456"}, headers=headers)
    assert (early.status_code, early.json()["code"]) == (409, "auth.totp_not_begun")

    begun = client.post("/api/auth/totp", json={"password": PASSWORD}, headers=headers).json()
    assert begun["uri"].startswith("otpauth://totp/Jobtrail:ana?secret=")
    assert begun["qr"].startswith("data:image/svg+xml")
    assert login(client)[0] == 200, "an enrolment that was left half-way shuts nobody out"
    wrong = client.post("/api/auth/totp/confirm", json={"code": "000000"}, headers=headers)
    assert (wrong.status_code, wrong.json()["code"]) == (403, "auth.totp_code_wrong")

    done = client.post("/api/auth/totp/confirm", json={"code": code_of(begun["secret"])}, headers=headers)
    codes = done.json()["recovery_codes"]
    assert len(set(codes)) == 10
    assert client.get("/api/auth/totp", headers=headers).json() == {
        "enabled": True,
        "recovery_codes_left": 10,
    }
    again = client.post("/api/auth/totp", json={"password": PASSWORD}, headers=headers)
    assert (again.status_code, again.json()["code"]) == (409, "auth.totp_already_on")
    with database.read_session() as session:
        stored = str(session.execute(text("SELECT * FROM users")).all())
        stored += str(session.execute(text("SELECT * FROM recovery_codes")).all())
    assert begun["secret"] not in stored
    assert not any(code in stored or code.replace("-", "") in stored for code in codes)


def test_the_password_alone_is_not_enough(
    app: FastAPI, client: TestClient, clock: time_machine.Traveller
) -> None:
    make_user("ana")
    secret = switch_on(app, "ana")
    clock.shift(60)
    assert login(client) == (401, "auth.code_required")
    assert login(client, "") == (401, "auth.code_required")
    assert login(client, "000000") == (401, "auth.code_wrong")
    assert login(client, code_of(secret), "wrong password") == (401, "auth.login_failed")
    code = code_of(secret)
    assert login(client, f" {code[:3]} {code[3:]}")[0] == 200


def test_a_code_counts_once(app: FastAPI, client: TestClient, clock: time_machine.Traveller) -> None:
    make_user("ana")
    secret = switch_on(app, "ana")
    assert login(client, code_of(secret)) == (401, "auth.code_wrong"), "used to switch it on"
    clock.shift(90)
    older, code = code_of(secret, -1), code_of(secret)
    assert login(client, code)[0] == 200
    assert login(client, code) == (401, "auth.code_wrong")
    assert login(client, older) == (401, "auth.code_wrong"), "none before a used one either"
    clock.shift(30)
    assert login(client, code_of(secret))[0] == 200


def test_of_the_same_code_sent_at_once_one_gets_in(app: FastAPI, clock: time_machine.Traveller) -> None:
    make_user("ana")
    secret = switch_on(app, "ana")
    clock.shift(90)
    code = code_of(secret)
    with ThreadPoolExecutor(4) as pool:
        statuses = list(pool.map(lambda _: login(client_from(app), code)[0], range(4)))
    assert sorted(statuses) == [200, 401, 401, 401]


def test_old_and_early_codes_are_wrong(
    app: FastAPI, client: TestClient, clock: time_machine.Traveller
) -> None:
    make_user("ana")
    secret = switch_on(app, "ana")
    clock.shift(300)
    assert login(client, code_of(secret, -2)) == (401, "auth.code_wrong")
    assert login(client, code_of(secret, 2)) == (401, "auth.code_wrong")
    assert login(client, code_of(secret, -1))[0] == 200


def test_recovery_codes_count_once_each(app: FastAPI, client: TestClient) -> None:
    make_user("ana")
    make_user("bob")
    switch_on(app, "ana")
    switch_on(app, "bob")
    with signed_in_past(app, "ana") as ana, signed_in_past(app, "bob") as bob:
        mine = ana.post("/api/auth/totp/recovery-codes", json={"password": PASSWORD}).json()["recovery_codes"]
        theirs = bob.post("/api/auth/totp/recovery-codes", json={"password": PASSWORD}).json()[
            "recovery_codes"
        ]
        assert login(client, mine[0].upper().replace("-", " "))[0] == 200
        assert login(client, mine[0]) == (401, "auth.code_wrong")
        assert login(client, theirs[0]) == (401, "auth.code_wrong")
        assert ana.get("/api/auth/totp").json()["recovery_codes_left"] == 9
        ana.post("/api/auth/totp/recovery-codes", json={"password": PASSWORD})
        assert login(client, mine[1]) == (401, "auth.code_wrong")


def signed_in_past(app: FastAPI, username: str) -> TestClient:
    """A client with a write key, which needs no code."""
    from app.auth import service
    from app.auth.models import KeyScope
    from tests.factories.accounts import find_user

    user = find_user(username)
    assert user is not None
    with database.transaction() as session:
        _, key = service.create_key(session, user, "test", KeyScope.WRITE)
    client = client_from(app)
    client.headers["X-API-Key"] = key
    return client


def test_guessing_codes_gets_slow(app: FastAPI, clock: time_machine.Traveller) -> None:
    make_user("ana")
    secret = switch_on(app, "ana")
    clock.shift(3600)
    with ThreadPoolExecutor(8) as pool:
        clients = [client_from(app, (f"198.51.100.{n}", 1)) for n in range(10)]
        statuses = list(pool.map(lambda client: login(client, "000000")[0], clients))
    assert statuses.count(401) == 5
    assert statuses.count(429) == 5
    assert login(client_from(app, ("198.51.100.99", 1)), code_of(secret)) == (429, "auth.slow_down")
    clock.shift(901)
    assert login(client_from(app), code_of(secret))[0] == 200


def test_a_right_password_does_not_clear_the_failures(app: FastAPI, clock: time_machine.Traveller) -> None:
    make_user("ana")
    secret = switch_on(app, "ana")
    clock.shift(3600)
    for n in range(5):
        assert login(client_from(app, (f"198.51.100.{n}", 1)), "000000") == (401, "auth.code_wrong")
        if n < 4:
            assert login(client_from(app, (f"198.51.100.{n}", 1))) == (401, "auth.code_required")
    assert login(client_from(app), code_of(secret)) == (429, "auth.slow_down")


def test_it_is_switched_off_with_the_password(app: FastAPI, client: TestClient) -> None:
    make_user("ana")
    switch_on(app, "ana")
    with signed_in_past(app, "ana") as ana:
        wrong = ana.post("/api/auth/totp/disable", json={"password": "wrong password"})
        assert (wrong.status_code, wrong.json()["code"]) == (403, "auth.wrong_password")
        assert ana.post("/api/auth/totp/disable", json={"password": PASSWORD}).status_code == 204
        assert ana.get("/api/auth/totp").json() == {"enabled": False, "recovery_codes_left": 0}
        none = ana.post("/api/auth/totp/recovery-codes", json={"password": PASSWORD})
        assert (none.status_code, none.json()["code"]) == (409, "auth.totp_not_on")
    assert login(client)[0] == 200
    with signed_in(app, "ana") as ana:
        assert ana.get("/api/me").json()["has_totp"] is False
