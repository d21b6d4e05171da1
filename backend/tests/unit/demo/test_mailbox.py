"""The demo mailbox: valid mail, true to its own description, whatever the day it is loaded."""

from __future__ import annotations

import email
import re
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr
from time import process_time
from typing import get_args

import pytest

from app.demo.mailbox.builder import build, expected, expected_applications, message_id
from app.demo.mailbox.contents import APPLICATIONS, MAILS
from app.demo.mailbox.dates import moment, workday
from app.demo.mailbox.markup import write_text
from app.demo.mailbox.notation import EmailClassName

A_TUESDAY = date(2026, 3, 10)
A_WEEK = tuple(date(2026, 3, 9) + timedelta(days=number) for number in range(7))
ODD_DAYS = (date(2024, 2, 29), date(2025, 12, 31), date(2026, 1, 1), date(2027, 3, 28), date(2028, 7, 2))
# Applicant systems and job sites from whose own addresses mail comes; all else stands under .example.
RELAYS = {
    "greenhouse-mail.io",
    "hire.lever.co",
    "ashbyhq.com",
    "myworkday.com",
    "smartrecruiters.com",
    "candidates.workablemail.com",
    "talent.icims.com",
    "teamtailor-mail.com",
    "linkedin.com",
    "indeed.com",
}


@pytest.fixture(scope="module")
def raw_messages() -> list[bytes]:
    return build(A_TUESDAY)


@pytest.fixture(scope="module")
def messages(raw_messages: list[bytes]) -> list[EmailMessage]:
    return read(raw_messages)


def read(raw: list[bytes]) -> list[EmailMessage]:
    return [
        message
        for one in raw
        if isinstance(message := email.message_from_bytes(one, policy=default), EmailMessage)
    ]


def sent_at(message: EmailMessage) -> datetime:
    found: datetime = message["Date"].datetime
    return found


def all_text(message: EmailMessage) -> str:
    """Headers and the decoded text of every text part, calendar lines unfolded."""
    head = "\n".join(f"{name}: {value}" for name, value in message.items())
    parts = [str(part.get_content()) for part in message.walk() if part.get_content_maintype() == "text"]
    return re.sub(r"\r?\n ", "", "\n".join([head, *parts]))


def test_is_as_large_as_promised(raw_messages: list[bytes]) -> None:
    assert 140 <= len(raw_messages) <= 175
    assert 38 <= len(expected_applications()) <= 45


def test_build_and_expected_name_the_same_messages_in_the_same_order(messages: list[EmailMessage]) -> None:
    assert [message["Message-ID"] for message in messages] == [mail.message_id for mail in expected()]


def test_message_ids_are_unique_and_valid(messages: list[EmailMessage]) -> None:
    ids = [message["Message-ID"] for message in messages]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"<[A-Za-z0-9.+-]+@[a-z0-9.-]+>", one) for one in ids)


def test_same_arguments_give_the_same_bytes(raw_messages: list[bytes]) -> None:
    assert build(A_TUESDAY) == raw_messages


def test_date_headers_say_what_was_written(messages: list[EmailMessage]) -> None:
    written = {message_id(mail): mail for mail in MAILS}
    for message in messages:
        mail = written[message["Message-ID"]]
        assert sent_at(message) == moment(A_TUESDAY, -mail.day, mail.time, mail.zone)
        assert message["Date"].endswith(mail.zone)


@pytest.mark.parametrize("today", [*(A_WEEK[0] + timedelta(days=number) for number in range(14)), *ODD_DAYS])
def test_mail_is_in_order_on_working_days_of_the_past_months(today: date) -> None:
    written = {message_id(mail): mail for mail in MAILS}
    in_order = [written[mail.message_id] for mail in expected()]
    moments = [moment(today, -mail.day, mail.time, mail.zone) for mail in in_order]
    midnight = datetime.combine(today, time(), UTC)
    assert moments == sorted(moments)
    assert moments[-1] < midnight
    assert moments[-1] > midnight - timedelta(days=4)
    assert timedelta(days=105) < midnight - moments[0] < timedelta(days=130)
    assert all(one.weekday() < 5 for one in moments)


def test_message_ids_do_not_depend_on_the_day() -> None:
    assert [m["Message-ID"] for m in read(build(A_WEEK[0]))] == [
        m["Message-ID"] for m in read(build(ODD_DAYS[0]))
    ]


def test_every_message_is_clean_mime(messages: list[EmailMessage]) -> None:
    for message in messages:
        assert all(not part.defects for part in message.walk()), message["Subject"]
        assert not message["Subject"].defects
        assert message.get_body(preferencelist=("plain", "html")) is not None


def test_lines_keep_to_the_limit_of_the_wire(raw_messages: list[bytes]) -> None:
    for raw in raw_messages:
        assert b"\n" not in raw.replace(b"\r\n", b"")
        assert max(len(line) for line in raw.split(b"\r\n")) <= 998


def test_texts_survive_the_wire(messages: list[EmailMessage]) -> None:
    written = {message_id(mail): mail for mail in MAILS}
    seen = 0
    for message in messages:
        mail = written[message["Message-ID"]]
        if mail.shape == "plain" and "{" not in mail.text:
            body = message.get_body(preferencelist=("plain",))
            assert body is not None
            first = write_text(" ".join(mail.text.split()), wrapped=False)
            assert " ".join(body.get_content().split()).startswith(first)
            seen += 1
        assert not re.search(r"\{(long|us|full|wd|short|first|name|email)", all_text(message)), mail.key
    assert seen > 3


def test_the_wire_is_varied(messages: list[EmailMessage], raw_messages: list[bytes]) -> None:
    parts = [part for message in messages for part in message.walk() if part.get_content_maintype() == "text"]
    transfers = Counter(str(part["Content-Transfer-Encoding"]).lower() for part in parts)
    charsets = Counter(part.get_content_charset() for part in parts)
    shapes = Counter(message.get_content_type() for message in messages)
    zones = {sent_at(message).utcoffset() for message in messages}
    raw = b"".join(raw_messages).lower()
    assert set(transfers) >= {"quoted-printable", "base64", "8bit", "7bit"}
    assert set(charsets) >= {"utf-8", "iso-8859-1"}
    assert shapes["text/html"] >= 30
    assert shapes["multipart/alternative"] >= 20
    assert shapes["multipart/mixed"] >= 5
    assert len(zones) >= 8
    assert b"=?iso-8859-1?" in raw
    assert b"=?utf-8?" in raw


def test_threads_hold_together(messages: list[EmailMessage]) -> None:
    earlier: dict[str, EmailMessage] = {}
    of_application = {mail.message_id: mail.application for mail in expected()}
    replies = 0
    for message in messages:
        if parent := message["In-Reply-To"]:
            references = message["References"].split()
            assert references[-1] == parent
            assert all(reference in earlier for reference in references)
            assert of_application[parent] == of_application[message["Message-ID"]]
            assert (earlier[parent]["References"] or "").split() == references[:-1]
            replies += 1
        earlier[message["Message-ID"]] = message
    assert replies >= 40


def test_quoted_history_names_the_quoted_mail(messages: list[EmailMessage]) -> None:
    by_id = {message["Message-ID"]: message for message in messages}
    quoting = 0
    for message in messages:
        body = message.get_body(preferencelist=("plain",))
        text = body.get_content() if body is not None else ""
        if heading := re.search(
            r"^(On .* wrote:|Am .* schrieb .*:|_{32}\r?\nFrom: [^\r\n]*)\r?$", text, re.MULTILINE
        ):
            address = parseaddr(by_id[message["In-Reply-To"]]["From"])[1]
            assert address in heading[0]
            quoting += 1
    assert quoting >= 20


def test_own_mail_goes_from_the_owner_to_whom_it_answers(messages: list[EmailMessage]) -> None:
    by_id = {message["Message-ID"]: message for message in messages}
    for message, mail in zip(messages, expected(), strict=True):
        sender, receiver = parseaddr(message["From"])[1], parseaddr(message["To"])[1]
        assert (sender == "alex@jobtrail.example") == (mail.direction == "out")
        assert (mail.email_class is None) == (mail.direction == "out")
        if mail.direction == "out":
            assert receiver == parseaddr(by_id[message["In-Reply-To"]]["From"])[1]
        else:
            assert receiver == "alex@jobtrail.example"
    assert sum(mail.direction == "out" for mail in expected()) >= 12


@pytest.mark.parametrize("owner", ["Jörg O'Testwell, <PhD>", "Łucja 見本 & Co"])
def test_the_owner_can_be_anyone(owner: str) -> None:
    messages = read(build(A_TUESDAY, owner, "joerg@example.example"))
    text = "\n".join(all_text(message) for message in messages)
    assert all("Alex" not in all_text(message) for message in messages if "alex" not in message["Message-ID"])
    assert "alex@jobtrail" not in text
    assert f"Guten Tag {owner}," in text
    assert all(not part.defects for message in messages for part in message.walk())
    assert all(parseaddr(str(message["To"]))[1] for message in messages)


def test_all_nine_classes_are_there() -> None:
    classes = Counter(mail.email_class for mail in expected() if mail.email_class)
    assert set(classes) == set(get_args(EmailClassName))
    assert min(classes.values()) >= 3
    assert classes["JOB_ALERT"] + classes["NOT_JOB_RELATED"] >= 20


def test_applications_are_those_that_the_mail_tells_of() -> None:
    keys = [application.key for application in expected_applications()]
    assert len(set(keys)) == len(keys)
    assert {mail.application for mail in expected()} - {None} == set(keys)
    for mail in expected():
        if mail.email_class in ("JOB_ALERT", "NOT_JOB_RELATED"):
            assert mail.application is None
        elif mail.email_class not in (None, "RECRUITER_OUTREACH"):
            assert mail.application is not None


def test_stages_follow_from_the_classes() -> None:
    ladder = {
        "APPLICATION_RECEIVED": "applied",
        "ASSESSMENT": "assessment",
        "INTERVIEW_REQUEST": "interview",
        "OFFER": "offer",
        "REJECTION": "rejected",
    }
    rank = list(ladder.values())
    for application in expected_applications():
        said = [mail.email_class for mail in expected() if mail.application == application.key]
        reached = [ladder[name] for name in said if name in ladder]
        assert "applied" in reached, application.key
        assert max(reached, key=rank.index) == application.stage, application.key


def test_each_application_is_named_in_its_mail(messages: list[EmailMessage]) -> None:
    for application in APPLICATIONS:
        text = " ".join(
            " ".join(all_text(message).replace("&amp;", "&").split())
            for message, mail in zip(messages, expected(), strict=True)
            if mail.application == application.key
        ).lower()
        assert application.company.lower() in text, application.key
        assert application.title.lower() in text, application.key


def test_mail_outside_a_thread_names_its_company(messages: list[EmailMessage]) -> None:
    companies = {application.key: application.company for application in APPLICATIONS}
    for message, mail in zip(messages, expected(), strict=True):
        if mail.application and mail.direction == "in" and not message["In-Reply-To"]:
            text = " ".join(all_text(message).replace("&amp;", "&").split())
            assert companies[mail.application] in text, mail.message_id


def test_same_company_and_same_title_occur_twice() -> None:
    companies = Counter(application.company for application in APPLICATIONS)
    titles = Counter(application.title for application in APPLICATIONS)
    pairs = Counter((application.company, application.title) for application in APPLICATIONS)
    assert companies["Kestrel Cloud"] == companies["Lumenfold"] == 2
    assert titles["Data Engineer"] == 2
    assert pairs["Larkspur Legal", "Product Manager"] == 2


def test_only_invented_hosts_and_known_relays(messages: list[EmailMessage]) -> None:
    for message in messages:
        text = all_text(message)
        hosts = set(re.findall(r"https?://([^/\s\"'<>?)]+)", text)) | set(
            re.findall(r"[\w.+-]+@([\w.-]+\w)", text)
        )
        for host in hosts:
            known = any(host == relay or host.endswith(f".{relay}") for relay in RELAYS)
            assert host.endswith(".example") or known, (message["Subject"], host)


def test_invitations_are_followed_by_a_change_and_a_cancellation(messages: list[EmailMessage]) -> None:
    calendars = [
        part.get_content()
        for message in messages
        for part in message.walk()
        if part.get_content_subtype() == "calendar"
    ]
    by_uid: dict[str, list[tuple[str, int]]] = {}
    for calendar in calendars:
        uid, sequence = re.search(r"UID:(.*)", calendar), re.search(r"SEQUENCE:(\d)", calendar)
        method = re.search(r"METHOD:(\w+)", calendar)
        assert uid
        assert sequence
        assert method
        by_uid.setdefault(uid[1].strip(), []).append((method[1], int(sequence[1])))
    assert len(calendars) >= 10
    assert [("REQUEST", 0), ("REQUEST", 1)] in by_uid.values()
    assert [("REQUEST", 0), ("CANCEL", 1)] in by_uid.values()


@pytest.mark.parametrize("today", [A_WEEK[4], A_WEEK[5], ODD_DAYS[0]])
def test_something_is_due_in_the_coming_days(today: date) -> None:
    by_id = {message["Message-ID"]: message for message in read(build(today))}
    tomorrow, soon, week = workday(today, 1), workday(today, 3), workday(today, 4)
    texts = {key.partition(".")[2].partition("@")[0]: all_text(message) for key, message in by_id.items()}
    assert f"{tomorrow:%Y%m%d}T103000" in texts["paperlane.talk-invite"]
    assert f"{soon.day} {soon:%B}, 18:00" in texts["polarquill.exercise"]
    assert f"{week.day} {week:%B}" in texts["northwind.offer"]
    assert tomorrow - today <= timedelta(days=3)
    assert week - today <= timedelta(days=7)


def test_building_is_fast() -> None:
    before = process_time()
    build(A_WEEK[4])
    assert process_time() - before < 1.0
