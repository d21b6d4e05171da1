"""The same limit comes as 403 or 429; not every 403 is one; the time to wait stands in text or header."""

from __future__ import annotations

import json

import pytest
import time_machine

from app.mail.gmail.errors import ApiDisabled, ReauthRequired
from app.mail.gmail.faults import LONGEST_WAIT_S, Fault, FaultKind, read_fault
from app.mail.gmail.outcomes import raise_if_final
from app.mail.sources import SourceRateLimited
from tests.fakes.google_faults import Faults


def body(reason: str, message: str = "", status: str = "") -> bytes:
    rows = [{"domain": "global", "reason": reason, "message": message}]
    return json.dumps({"error": {"code": 1, "errors": rows, "message": message, "status": status}}).encode()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("400", FaultKind.REFUSED),
        ("precondition", FaultKind.RETRY),
        ("no_mailbox", FaultKind.DISABLED),
        ("401", FaultKind.AUTH),
        ("403", FaultKind.RATE),
        ("daily", FaultKind.DAILY),
        ("scope", FaultKind.SCOPE),
        ("off", FaultKind.DISABLED),
        ("404", FaultKind.GONE),
        ("429", FaultKind.RATE),
        ("concurrent", FaultKind.CONCURRENT),
        ("500", FaultKind.RETRY),
        ("503", FaultKind.RETRY),
    ],
)
def test_every_error_of_google_has_a_meaning(name: str, kind: FaultKind) -> None:
    reply = Faults().error_reply(name)
    assert read_fault(reply.status, {}, json.dumps(reply.body).encode()).kind is kind


@pytest.mark.parametrize(
    ("status", "content", "kind"),
    [
        (403, body("userRateLimitExceeded", "User Rate Limit Exceeded"), FaultKind.RATE),
        (403, b"<html>Forbidden</html>", FaultKind.REFUSED),
        (403, b'{"error": "forbidden"}', FaultKind.REFUSED),
        (429, b"", FaultKind.RATE),
        (502, b"<html>Bad gateway</html>", FaultKind.RETRY),
        (503, b"", FaultKind.RETRY),
        (403, b'{"error": {"details": [{"reason": "SERVICE_DISABLED"}]}}', FaultKind.DISABLED),
        (403, b'{"error": {"details": [{"reason": "ACCESS_TOKEN_SCOPE_INSUFFICIENT"}]}}', FaultKind.SCOPE),
    ],
)
def test_odd_bodies_and_newer_formats(status: int, content: bytes, kind: FaultKind) -> None:
    assert read_fault(status, {}, content).kind is kind


@time_machine.travel("2026-01-01T00:00:00Z", tick=False)
@pytest.mark.parametrize(
    ("header", "message", "seconds"),
    [
        ("", "User-rate limit exceeded.  Retry after 2026-01-01T00:15:00.000Z", 900.0),
        ("30", "", 30.0),
        ("30", "Retry after 2026-01-01T00:00:10Z", 30.0),
        ("5", "Retry after 2026-01-01T00:00:10Z", 10.0),
        ("Thu, 01 Jan 2026 00:02:00 GMT", "", 120.0),
        ("", "Retry after 2025-12-31T23:00:00.000Z", None),
        ("soon", "no time at all", None),
    ],
)
def test_the_later_of_header_and_text_counts(header: str, message: str, seconds: float | None) -> None:
    fault = read_fault(429, {"retry-after": header}, body("rateLimitExceeded", message))
    assert fault.retry_after == seconds


@pytest.mark.parametrize("kind", [FaultKind.AUTH, FaultKind.SCOPE])
def test_a_token_that_does_not_do_needs_the_user(kind: FaultKind) -> None:
    with pytest.raises(ReauthRequired) as caught:
        raise_if_final(Fault(kind, 401))
    assert caught.value.code == "gmail.reauth_required"


def test_an_api_that_is_off_names_the_reason() -> None:
    with pytest.raises(ApiDisabled) as caught:
        raise_if_final(Fault(FaultKind.DISABLED, 403, "accessNotConfigured"))
    assert caught.value.params == {"reason": "accessNotConfigured"}


@time_machine.travel("2026-01-01T20:00:00Z", tick=False)
def test_a_daily_limit_ends_at_pacific_midnight() -> None:
    with pytest.raises(SourceRateLimited) as caught:
        raise_if_final(Fault(FaultKind.DAILY, 403))
    assert caught.value.retry_after == 12 * 3600
    assert caught.value.headers == {"Retry-After": "43200"}


@pytest.mark.parametrize("kind", [FaultKind.GONE, FaultKind.RETRY, FaultKind.RATE, FaultKind.REFUSED])
def test_other_faults_do_not_end_a_run(kind: FaultKind) -> None:
    raise_if_final(Fault(kind, 500))


@pytest.mark.parametrize(
    ("header", "text"),
    [
        ("²", ""),
        ("soon", ""),
        ("Mon, 99 Foo 2026", ""),
        ("", "User-rate limit exceeded.  Retry after 2026-02-31T25:61:00.000Z"),
        ("-5", ""),
    ],
)
def test_moments_that_make_no_sense_say_nothing(header: str, text: str) -> None:
    content = json.dumps({"error": {"code": 429, "message": text, "status": ["odd"], "errors": [{}, 3]}})
    fault = read_fault(429, {"retry-after": header}, content.encode())
    assert (fault.kind, fault.retry_after) == (FaultKind.RATE, None)


@pytest.mark.parametrize("header", ["9" * 400, "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_nobody_waits_for_more_than_a_day(header: str) -> None:
    assert read_fault(429, {"retry-after": header}, b"").retry_after == LONGEST_WAIT_S
