"""Mail as a program writes it down: dates as people write them, and messages that are well-formed whatever is given."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.mail import mime
from app.mailsync.ingest_schemas import EmailInput, read_date
from app.mailsync.ingesting import to_message


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026-03-02", datetime(2026, 3, 2, tzinfo=UTC)),
        ("2026-03", datetime(2026, 3, 1, tzinfo=UTC)),
        ("2026-03-02T09:30:00", datetime(2026, 3, 2, 9, 30, tzinfo=UTC)),
        ("2026-03-02T10:00:00+01:00", datetime(2026, 3, 2, 9, tzinfo=UTC)),
        ("2026-03-02T09:00:00Z", datetime(2026, 3, 2, 9, tzinfo=UTC)),
        ("Mon, 2 Mar 2026 10:00:00 +0100", datetime(2026, 3, 2, 9, tzinfo=UTC)),
        ("2 Mar 2026 10:00:00", datetime(2026, 3, 2, 10, tzinfo=UTC)),
        ("soon", None),
        ("", None),
        ("2026-13", None),
        ("0001-01-01", None),
        ("9999-12-31T23:59:59-12:00", None),
        (12, None),
        ({"a": 1}, None),
        (None, None),
    ],
)
def test_dates_are_read_as_people_write_them(written: object, read: datetime | None) -> None:
    assert read_date(written) == read


@given(st.text(max_size=40))
def test_no_date_is_an_error(written: str) -> None:
    found = read_date(written)
    assert found is None or found.tzinfo is UTC


@given(
    st.text(max_size=60),
    st.text(max_size=60),
    st.text(max_size=200),
    st.dictionaries(st.text(max_size=20), st.text(max_size=40)),
)
def test_whatever_is_given_stays_in_its_place(
    subject: str, sender: str, body: str, headers: dict[str, str]
) -> None:
    message = to_message(
        EmailInput(subject=subject, sender=sender, body=body, headers=headers, thread_id=subject)
    )
    parsed = mime.parse(message)
    assert parsed.subject == mime.parse(to_message(EmailInput(subject=subject, sender="a", body=""))).subject
    assert "Subject:" not in parsed.text or "Subject:" in body
    assert message.count(b"\r\n\r\n") == 1
