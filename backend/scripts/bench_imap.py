"""Measure reading a mailbox by IMAP: fetched and stored, without judging.

    python scripts/bench_imap.py [--messages 5000] [--host H --port P --user U --password W]

Without a host a fake server runs in a process of its own, on this machine. A server that is named is read with
STARTTLS or TLS unless it is this machine; nothing in it changes.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from app.core import db
from app.core.clock import now
from app.core.migrate import upgrade
from app.core.settings import Settings, use_settings
from app.mail.connections import open_source
from app.mail.imap.access import ImapAccess, Security, is_loopback, seal
from app.mail.models import MailAccount, Provider
from app.mail.sources import MessageRef, Search, Tier
from app.mailsync import reading, service, storing
from app.runs import pool
from app.runs import repository as runs
from app.runs import service as runs_service
from app.runs.context import RunContext, new_token
from tests.factories.accounts import make_user
from tests.factories.settings import make_settings
from tests.fakes.imap_mailbox import ImapAccount
from tests.house import BACKEND

WANTED = 500


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=5_000)
    parser.add_argument("--host")
    parser.add_argument("--port", type=int, default=993)
    parser.add_argument("--user", default="")
    parser.add_argument("--password", default="")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if given.host:
            loopback = is_loopback(given.host)
            security = Security.NONE if loopback else Security.TLS if given.port == 993 else Security.STARTTLS
            access = ImapAccess(given.user, given.host, given.port, security, given.user, given.password)
            measure(Path(folder), access)
            return
        with fake_server(given.messages) as port:
            user = ImapAccount()
            measure(
                Path(folder),
                ImapAccess(user.user, "127.0.0.1", port, Security.NONE, user.user, user.password),
            )


@contextmanager
def fake_server(messages: int) -> Iterator[int]:
    """The port of a server with that many mails."""
    command = [sys.executable, "-m", "tests.fakes.imap", "--messages", str(messages)]
    process = subprocess.Popen(command, cwd=BACKEND, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield int(process.stdout.readline())
    finally:
        process.terminate()
        process.wait(timeout=10)
        process.stdout.close()


def measure(folder: Path, access: ImapAccess) -> None:
    url = f"sqlite:///{folder / 'jobtrail.db'}"
    settings = make_settings(url, folder / "data", runner="inprocess", sync_runner="inprocess")
    use_settings(settings)
    settings.ensure_secrets()
    upgrade(settings)
    db.configure(settings)
    try:
        _measure(settings, access)
    finally:
        pool.stop()
        db.dispose()


def _measure(settings: Settings, access: ImapAccess) -> None:
    user = make_user("ana")
    account = MailAccount(
        user_id=user.id,
        provider=Provider.IMAP,
        address=access.address,
        credentials=seal(access, settings),
        created_at=now(),
    )
    with db.transaction() as session:
        session.add(account)
    with closing(open_source(settings, account, lambda: False)) as source:
        began = time.perf_counter()
        cursor = source.profile().cursor
        tell("cursor of the whole mailbox", time.perf_counter() - began, "s")
        began = time.perf_counter()
        refs = [ref for page in source.list_ids(Search(Tier.REST)) for ref in page]
        tell("listed, with senders and subjects", len(refs) / (time.perf_counter() - began), "messages/s")
        began = time.perf_counter()
        size = sum(len(getattr(outcome, "raw", b"")) for outcome in source.fetch(refs))
        took = time.perf_counter() - began
        tell("fetched", len(refs) / took, "messages/s", f"{size / took / 1e6:.1f} MB/s")
        began = time.perf_counter()
        pages = list(source.history(cursor))
        tell("no change", time.perf_counter() - began, "s", f"{len(pages)} page, cursor {len(cursor)} B")
    rate = fetch_and_store(user.id, account.id, refs)
    tell(
        "fetched and stored",
        rate,
        "messages/s",
        f"wanted >= {WANTED}: {'ok' if rate >= WANTED else 'MISSED'}",
    )


def fetch_and_store(user_id: int, account_id: int, refs: list[MessageRef]) -> float:
    """Messages per second through the source and into the database, in a claimed run."""
    from app.auth.models import User

    with db.transaction() as session:
        user = session.get_one(User, user_id)
        run_id = service.start_sync(session, user, mode="full", mail_account_id=account_id).id
    token, at = new_token(), now()
    with db.transaction() as session:
        assert runs.claim(session, run_id, token=token, holder="bench", at=at, until=at + runs_service.LEASE)
    with db.read_session() as session:
        run = runs.load(session, run_id)
    assert run is not None
    pool.submit(storing.parse_raws, [(b"Subject: warm\r\n\r\nup", None)]).result()
    ctx = RunContext(run, token, lambda: False)
    with reading.opened(ctx, account_id) as r:
        began = time.perf_counter()
        for _ in reading.store_fetched(r, refs):
            pass
        took = time.perf_counter() - began
    assert ctx.counts["processed"] == len(refs)
    return len(refs) / took


def tell(what: str, value: float, unit: str, more: str = "") -> None:
    print(f"{what:36} {value:10.2f} {unit:12} {more}")


if __name__ == "__main__":
    main()
