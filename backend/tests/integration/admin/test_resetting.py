"""The script that empties an installation: what goes, what stays, and what it asks for first."""

from __future__ import annotations

import subprocess
import sys

from sqlalchemy import func, select

from app import orm
from app.admin.resetting import KEPT
from app.core import db as database
from app.core.settings import Settings
from app.mail.models import MailAccount, Provider
from tests.factories.imports import import_mails
from tests.factories.mailboxes import generated_mails
from tests.factories.rows import make_row
from tests.factories.server import environment_of
from tests.house import BACKEND
from tests.integration.conftest import Person


def run(settings: Settings, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "scripts/reset_all_user_data.py", *words],
        cwd=BACKEND,
        env=environment_of(settings),
        capture_output=True,
        text=True,
        check=False,
    )


def rows() -> dict[str, int]:
    with database.read_session() as session:
        return {
            table.name: session.scalar(select(func.count()).select_from(table)) or 0
            for table in orm.metadata.sorted_tables
        }


def account(provider: str) -> MailAccount:
    with database.read_session() as session:
        return session.query(MailAccount).filter(MailAccount.provider == provider).one()


def test_all_mail_goes_and_all_people_stay(ana: Person, bob: Person, app_settings: Settings) -> None:
    for person in (ana, bob):
        import_mails(person.http, generated_mails(20, seed=3))
    with database.transaction() as session:
        for table in (
            "applications",
            "notes",
            "reminders",
            "saved_views",
            "llm_calls",
            "settings",
            "api_keys",
            "recovery_codes",
        ):
            make_row(session, table, ana.id, "mark")
        gmail = {"provider": Provider.GMAIL, "address": "ana@example.com", "credentials": b"sealed"}
        made = make_row(session, "mail_accounts", ana.id, "mark", **gmail, needs_reauth=False)
        make_row(session, "sync_state", ana.id, "mark", mail_account_id=made["id"])
    left = app_settings.data_dir / "uploads" / "parts" / "1-x.bin"
    left.parent.mkdir(parents=True, exist_ok=True)
    left.write_bytes(b"From x")
    before = rows()
    assert before["emails"] > 20

    refused = run(app_settings)
    assert (refused.returncode, "--yes-really" in refused.stderr) == (2, True)
    assert rows() == before

    done = run(app_settings, "--yes-really")
    assert done.returncode == 0, done.stderr
    assert f"emails{before['emails']:>28,} rows" in done.stdout
    after = rows()
    assert {name for name, count in after.items() if count} <= KEPT
    assert {name: after[name] for name in KEPT if name in after} == {
        name: before[name] for name in KEPT if name in before
    }
    assert not left.exists()
    assert ana.http.get("/api/stats").json()["total"] == 0
    assert (account("gmail").credentials, account("gmail").needs_reauth) == (b"sealed", False)
    assert bob.http.get("/api/me").status_code == 200, "sessions stay"

    done = run(app_settings, "--yes-really", "--delete-tokens")
    assert "1 mail accounts must be connected again" in done.stdout
    assert (account("gmail").credentials, account("gmail").needs_reauth) == (None, True)
    with database.read_session() as session:
        archives = session.query(MailAccount).filter(MailAccount.provider == Provider.ARCHIVE).all()
        assert not any(each.needs_reauth for each in archives), "nothing to connect again"

    import_mails(ana.http, generated_mails(20, seed=3))
    assert rows()["emails"] == 20, "the same mail comes in anew"
