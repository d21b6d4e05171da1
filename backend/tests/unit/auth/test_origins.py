"""Where requests come from."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.auth.origins import is_local_request, is_own_origin
from tests.factories.settings import make_settings


@pytest.mark.parametrize(
    ("origin", "host", "expected"),
    [
        ("http://localhost:8000", "localhost:8000", True),
        ("https://localhost:8000", "localhost:8000", True),
        ("http://LOCALHOST:8000", "localhost:8000", True),
        ("https://jobs.example.com", "internal:8000", True),
        ("http://jobs.example.com", "internal:8000", False),
        ("http://trusted.example:5173", "localhost:8000", True),
        ("http://localhost:8001", "localhost:8000", False),
        ("http://localhost", "localhost:8000", False),
        ("file://localhost:8000", "localhost:8000", False),
        ("null", "localhost:8000", False),
        ("http://user@localhost:8000", "localhost:8000", False),
        ("localhost:8000", "localhost:8000", False),
        ("", "", False),
        ("http://", "", False),
    ],
)
def test_own_origins(tmp_path: Path, origin: str, host: str, expected: bool) -> None:
    settings = make_settings(
        "sqlite://",
        tmp_path,
        public_url="https://jobs.example.com",
        cors_origins=["http://trusted.example:5173/"],
    )
    assert is_own_origin(settings, origin, host) is expected


@pytest.mark.parametrize(
    ("address", "host", "forwarded", "expected"),
    [
        ("127.0.0.1", "localhost:8000", False, True),
        ("127.0.0.5", "127.0.0.1", False, True),
        ("::1", "[::1]:8000", False, True),
        ("192.0.2.4", "localhost:8000", False, False),
        ("127.0.0.1", "jobs.example.com", False, False),
        ("127.0.0.1", "localhost.evil.example", False, False),
        ("127.0.0.1", "localhost:8000", True, False),
        ("testclient", "localhost", False, False),
        ("127.0.0.1", "", False, False),
        ("127.0.0.1", "[", False, False),
    ],
)
def test_local_requests(address: str, host: str, forwarded: bool, expected: bool) -> None:
    assert is_local_request(address, host, forwarded=forwarded) is expected
