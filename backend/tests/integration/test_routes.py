"""Every endpoint, as nobody, as another user, and without proof that our own page asks.

The lists are made from the application itself, so a new endpoint is covered or fails here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.routing import RouteContext, iter_route_contexts
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import select

from app import orm
from app.core import db as database
from app.core.settings import Settings, get_settings
from app.mailsync import uploads
from app.main import create_app
from tests.factories.accounts import (
    PASSWORD,
    bearer,
    client_from,
    csrf_header,
    make_user,
    sign_in_by_cookie,
    token_of,
)
from tests.factories.mails import make_mail, make_mbox
from tests.factories.rows import make_row

MARK = "zebrafinch"
PUBLIC = {
    "openapi",
    "show_docs",
    "get_live",
    "get_ready",
    "get_gmail_health",
    "finish_gmail_auth",
    "get_auth_status",
    "register",
    "login",
    "begin_google_sign_in",
    "finish_google_sign_in",
    "finish_google_with_code",
    "read_calendar",
    "get_metrics",  # not public, but these tests' clients are on this machine: admin/test_metrics.py
}
# Parameters that name an object, and the table it stands in.
OBJECTS = {
    "session_id": "sessions",
    "api_key_id": "api_keys",
    "account_id": "mail_accounts",
    "mail_account_id": "mail_accounts",
    "run_id": "runs",
    "job_id": "runs",
    "email_id": "emails",
    "application_id": "applications",
    "decision_id": "decisions",
    "line_id": "email_logs",
    "interview_id": "interviews",
    "item_id": "action_items",
    "note_id": "notes",
    "tag_id": "tags",
    "contact_id": "contacts",
    "reminder_id": "reminders",
    "view_id": "saved_views",
}
ADMIN = "/api/admin/"
ACCOUNT = "user_id"
# What stands only as long as its mail says it.
FROM_MAIL: dict[str, dict[str, Any]] = {"interviews": {"decision_id": None}, "action_items": {}}
INTERVIEW = {"starts_at": "2026-06-03T08:00:00+00:00", "place": MARK}
UPLOAD = "upload_id"  # lives in files
KEPT = {"notes", "contacts", "reminders"}  # stand under the address of their application
MBOX = make_mbox([make_mail()])
BODIES: dict[str, dict[str, Any]] = {
    "change_password": {"json": {"current_password": PASSWORD, "new_password": "another long one"}},
    "update_me": {"json": {"display_name": "Somebody"}},
    "update_user_settings": {"json": {"locale": "de"}},
    "create_api_key": {"json": {"name": "script"}},
    "begin_totp": {"json": {"password": PASSWORD}},
    "confirm_totp": {"json": {"code": "000000"}},
    "renew_recovery_codes": {"json": {"password": PASSWORD}},
    "disable_totp": {"json": {"password": PASSWORD}},
    "begin_google_link": {"json": {"password": PASSWORD}},
    "unlink_google": {"json": {"password": PASSWORD}},
    "finish_google_with_code": {"json": {"code": "000000"}},
    "create_user": {"json": {"username": "eve", "password": PASSWORD}},
    "change_user": {"json": {"is_admin": False}},
    "reset_user_password": {"json": {"password": PASSWORD}},
    "edit_application": {"json": {"job_title": "Gardener"}},
    "add_interview": {"json": {"starts_at": "2026-06-03T08:00:00Z"}},
    "edit_interview": {"json": {"place": "Room 4"}},
    "respond": {"json": {"message": "Thank you."}},
    "put_templates": {"json": {"templates": {"follow_up": "Hello"}}},
    "schedule_interview": {"json": {"calendar_event_at": "2026-06-03T08:00:00Z", "title": "Talk"}},
    "edit_action_item": {"json": {"done": True}},
    "snooze_action_item": {"json": {"until": "2026-06-03T08:00:00Z"}},
    "create_application": {"json": {"company_name": "Larkspur Systems"}},
    "change_applications": {"json": {"ids": [999_999], "action": "archive"}},
    "merge_applications": {"json": {"ids": [999_998, 999_999]}},
    "mark_seen": {"json": {"application_ids": [999_999]}},
    "pin_application": {"json": {"pinned": False}},
    "split_application": {"json": {"email_ids": [999_999]}},
    "dismiss_duplicate": {"json": {"ids": [999_998, 999_999]}},
    "add_timeline_event": {"json": {"sentence": "They called"}},
    "add_note": {"json": {"text": "Ask about the garden"}},
    "change_note": {"json": {"text": "Ask about the garden"}},
    "add_reminder": {"json": {"text": "Follow up", "due_at": "2026-03-09T09:00:00Z"}},
    "change_reminder": {"json": {"done": True}},
    "add_contact": {"json": {"name": "Ada Testperson"}},
    "change_contact": {"json": {"role": "Recruiter"}},
    "add_tag": {"json": {"name": "remote"}},
    "rename_tag": {"json": {"name": "remote"}},
    "save_view": {"json": {"name": "Interviews", "query": "stage=interview"}},
    "change_saved_view": {"json": {"name": "Talks"}},
    "answer_review": {"json": {"action": "not_job"}},
    "answer_sample": {"json": {"email_id": 999_999, "email_class": "OFFER"}},
    "correct_email": {"json": {"email_class": "OFFER"}},
    "link_email": {"json": {"new": True}},
    "connect_imap": {
        "json": {"address": "ada@example.com", "password": "secret", "host": "127.0.0.1", "port": 9}
    },
    "change_imap_account": {"json": {"password": "another secret"}},
    "put_gmail_client": {"json": {"web": {}}},
    "sync_gmail": {"json": {}},
    "change_schedule": {"json": {"enabled": False}},
    "begin_upload": {"json": {"name": "mail.mbox", "size": 10}},
    "put_upload_chunk": {"params": {"offset": 0}, "content": MBOX},
    "start_reprocess": {"json": {"dry_run": True}},
    "answer_reprocess": {"json": {"accept": "all"}},
    "change_llm_settings": {"json": {}},
    "test_llm": {"json": {}},
    "process_email": {"json": {"subject": "Hello", "sender": "ada@example.com", "body": "Hello"}},
    "batch_process": {"json": [{"subject": "Hello", "sender": "ada@example.com", "body": "Hello"}]},
    "ingest_emails": {"json": {"subject": "Hello", "sender": "ada@example.com", "body": "Hello"}},
    "export_sheets": {"json": {"spreadsheet": "1" * 44}},
    "preview_csv": {"files": {"file": ("jobs.csv", b"Company\nLarkspur\n", "text/csv")}},
    "import_csv": {"files": {"file": ("jobs.csv", b"Company\n\n", "text/csv")}},
    "export_csv": {"json": {"columns": ["company_name"]}},
    "restore_archive": {"files": {"file": ("archive.zip", b"no zip", "application/zip")}},
    "delete_me": {"json": {"username": "somebody", "password": "wrong password"}},
    "import_mail": {"files": {"file": ("mail.mbox", b"", "application/mbox")}},
}
# It never ends for a user without runs, and a test client waits for the end.
ENDLESS = {"stream_everything"}
UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}


@pytest.fixture
def app(app_settings: Settings, db: None) -> FastAPI:
    return create_app(app_settings)


def operations(app: FastAPI) -> list[tuple[str, RouteContext]]:
    """Each method of each endpoint."""
    found = [
        (method, route)
        for route in iter_route_contexts(app.routes)
        for method in sorted(route.methods or ())
        if method != "HEAD"
    ]
    assert len(found) > 40
    return found


def call(client: TestClient, method: str, route: RouteContext, ids: dict[str, Any], **more: Any) -> Response:
    """One request with `ids` in the address, and the example body where the endpoint wants one."""
    path = re.sub(r"{(\w+)}", lambda found: str(ids[found[1]]), str(route.path))
    query = {name: ids[name] for name in query_names(route) if name in ids}
    example = dict(BODIES.get(str(route.name), {}))
    return client.request(method, path, params=query | example.pop("params", {}), **example, **more)


def query_names(route: RouteContext) -> list[str]:
    dependant = getattr(route, "dependant", None)
    return [field.alias for field in dependant.query_params] if dependant is not None else []


def path_names(route: RouteContext) -> list[str]:
    return re.findall(r"{(\w+)}", str(route.path))


def objects_of(user_id: int) -> dict[str, Any]:
    """One object of each kind that belongs to the user, by the name of its parameter."""
    with database.transaction() as session:
        made: dict[str, Any] = {"applications": make_row(session, "applications", user_id, MARK)["id"]}
        for table in sorted({*OBJECTS.values()} - {"applications"} - set(FROM_MAIL)):
            of_it = {"application_id": made["applications"]} if table in KEPT else {}
            made[table] = make_row(session, table, user_id, MARK, **of_it)["id"]
        tagged = {"application_id": made["applications"], "tag_id": made["tags"]}
        make_row(session, "application_tags", user_id, MARK, **tagged)
        for table in ("verdicts", "email_bodies", "links", *FROM_MAIL):
            row = make_row(session, table, user_id, MARK, email_id=made["emails"], **_links(table, made))
            made |= {table: row["id"]} if table in FROM_MAIL else {}
        for table in ("timeline_events", "email_logs"):
            make_row(session, table, user_id, MARK)
        make_row(session, "search_entries", user_id, MARK, ref_id=made["emails"])
        make_row(session, "settings", user_id, MARK)
        changed = {"email_class": "OFFER", "entities": {}, "evidence": [], "confidence": 0.9}
        changed |= {"unsure": False, "classified_by": MARK}
        make_row(session, "verdict_proposals", user_id, MARK, **_about(made["emails"], changed))
    return {name: made[table] for name, table in OBJECTS.items()} | {
        UPLOAD: upload_of(user_id),
        ACCOUNT: user_id,
    }


def upload_of(user_id: int) -> str:
    """The id of an upload of the user of which a mailbox has arrived."""
    settings = get_settings()
    for old in uploads.list_open(settings, user_id):
        uploads.remove(settings, user_id, old.id)
    made = uploads.begin(settings, user_id, name=f"{MARK}.mbox", size=None)
    return uploads.append(settings, user_id, made.id, 0, MBOX).id


def _about(email_id: int, verdict: dict[str, Any]) -> dict[str, Any]:
    return {
        "email_id": email_id,
        "email_class": "OFFER",
        "verdict": verdict,
        "changes": ["class"],
        "run_id": None,
    }


def _links(table: str, made: dict[str, Any]) -> dict[str, Any]:
    if table == "verdicts":
        return {"action_items": [{"kind": "reply", "title": MARK}], "entities": {"interview": INTERVIEW}}
    if table in {"links", *FROM_MAIL}:
        return {"application_id": made["applications"], **FROM_MAIL.get(table, {})}
    return {}


def everything_of(user_id: int) -> dict[str, list[Any]]:
    """All rows of a user, table by table."""
    found: dict[str, list[Any]] = {}
    with database.read_session() as session:
        for table in orm.metadata.sorted_tables:
            owner = table.c.id if table.name == "users" else table.c.get("user_id")
            if owner is not None:
                rows = session.execute(select(table).where(owner == user_id)).all()
                found[table.name] = sorted((tuple(row) for row in rows), key=str)
    return found


def writing_key(client: TestClient, username: str) -> dict[str, str]:
    """A key that outlives what the endpoints do to sessions."""
    answer = client.post(
        "/api/api-keys", json={"name": "key", "scope": "write"}, headers=bearer(token_of(client, username))
    )
    return {"X-API-Key": answer.json()["key"]}


def test_nobody_gets_in_anywhere(app: FastAPI) -> None:
    owner = make_user("bob")
    ids = objects_of(owner.id)
    before = everything_of(owner.id)
    client = client_from(app)
    leaks = []
    for method, route in operations(app):
        if route.name in PUBLIC:
            continue
        for headers in ({}, bearer("forged"), {"X-API-Key": "forged"}, {"Cookie": "session=forged"}):
            answer = call(client, method, route, ids, headers=headers)
            if answer.status_code != 401 or answer.headers["content-type"] != "application/problem+json":
                leaks.append((method, route.path, headers, answer.status_code))
    assert leaks == []
    assert everything_of(owner.id) == before


def test_public_endpoints_are_these(app: FastAPI) -> None:
    assert {str(route.name) for _, route in operations(app)} >= PUBLIC
    client = client_from(app)
    for method, route in operations(app):
        if route.name in PUBLIC:
            assert call(client, method, route, {"secret": "made-up"}).status_code != 401


def test_no_user_reaches_what_belongs_to_another(app: FastAPI) -> None:
    make_user("root")  # the first one administers
    make_user("ada")
    owner = make_user("bob")
    ids = objects_of(owner.id)
    client = client_from(app)
    stranger = writing_key(client, "ada")
    before = everything_of(owner.id)
    leaks = []
    for method, route in operations(app):
        if route.name in PUBLIC | ENDLESS:
            continue
        answer = call(client, method, route, ids, headers=stranger)
        hidden = answer.status_code == 404 if path_names(route) else answer.status_code < 500
        if str(route.path).startswith(ADMIN):
            hidden = (answer.status_code, answer.json()["code"]) == (403, "auth.admin_only")
        if not hidden or MARK in answer.text:
            leaks.append((method, route.path, answer.status_code, answer.text[:200]))
    assert leaks == []
    assert everything_of(owner.id) == before


def test_the_owner_reaches_all_of_it(app: FastAPI) -> None:
    """Or else the test above would prove nothing: the same requests, each on fresh objects of one's own."""
    owner = make_user("bob")
    client = client_from(app)
    key = writing_key(client, "bob")
    closed, shown = [], 0
    for method, route in operations(app):
        if route.name in PUBLIC | ENDLESS | {"stream_run"} or not path_names(route):
            continue
        answer = call(client, method, route, objects_of(owner.id), headers=key)
        shown += MARK in answer.text
        if answer.status_code >= 500 or answer.status_code in {401, 403, 404, 405, 422}:
            closed.append((method, route.path, answer.status_code, answer.text[:300]))
    assert closed == []
    assert shown >= 3


def test_every_change_needs_proof_of_our_own_page(app: FastAPI) -> None:
    owner = make_user("bob")
    ids = objects_of(owner.id)
    page = client_from(app)
    sign_in_by_cookie(page, "bob")
    before = everything_of(owner.id)
    unproven = []
    for method, route in operations(app):
        if method not in UNSAFE:
            continue
        foreign = {"Origin": "https://evil.example", **csrf_header(page)}
        expected = [(foreign, "auth.foreign_origin")]
        if route.name not in PUBLIC:
            expected += [({}, "auth.csrf"), ({"X-CSRF-Token": "0" * 64}, "auth.csrf")]
        for headers, code in expected:
            answer = call(page, method, route, ids, headers=headers)
            if (answer.status_code, answer.json().get("code")) != (403, code):
                unproven.append((method, route.path, headers, answer.status_code, answer.text[:200]))
    assert unproven == []
    assert everything_of(owner.id) == before


def test_reading_keys_change_nothing(app: FastAPI) -> None:
    owner = make_user("bob")
    ids = objects_of(owner.id)
    client = client_from(app)
    made = client.post(
        "/api/api-keys", json={"name": "key", "scope": "read"}, headers=bearer(token_of(client, "bob"))
    )
    before = everything_of(owner.id)
    key = {"X-API-Key": made.json()["key"]}
    for method, route in unsafe_of_users(app):
        answer = call(client, method, route, ids, headers=key)
        assert (answer.status_code, answer.json()["code"]) == (403, "auth.read_only_key"), route.path
    assert everything_of(owner.id) == before
    for method, route in operations(app):
        if method not in UNSAFE and route.name not in PUBLIC | ENDLESS | {"stream_run"}:
            answer = call(client, method, route, ids, headers=key)
            assert answer.status_code not in {401, 403}, route.path


def test_the_description_says_who_may_ask(app: FastAPI) -> None:
    """openapi.json has every endpoint that these tests go through, and names a way in for all but the public ones."""
    described = {
        (method.upper(), path): "security" in operation
        for path, methods in app.openapi()["paths"].items()
        for method, operation in methods.items()
    }
    found = {
        (method, str(route.path)): route.name not in PUBLIC
        for method, route in operations(app)
        if getattr(route, "include_in_schema", True)
    }
    assert {each for each in described if each not in found} == set()
    wrong = {each for each, asks in described.items() if asks != found[each]}
    assert wrong == set()


def test_every_object_and_every_body_has_its_example(app: FastAPI) -> None:
    """An endpoint that takes an id or a body that these tests don't know would be tested in name only."""
    for _, route in operations(app):
        if route.name not in PUBLIC:
            assert set(path_names(route)) <= {*OBJECTS, UPLOAD, ACCOUNT}, route.path
            named = {name for name in query_names(route) if name.endswith("_id")}
            assert named <= {*OBJECTS, UPLOAD, ACCOUNT}, route.path
            if getattr(route, "body_field", None) is not None:
                assert route.name in BODIES, route.path


def unsafe_of_users(app: FastAPI) -> Iterator[tuple[str, RouteContext]]:
    return (
        (method, route) for method, route in operations(app) if method in UNSAFE and route.name not in PUBLIC
    )
