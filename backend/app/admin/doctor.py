"""The doctor: one list of what works and what does not, each with a sentence and one thing to do.

The network is used by several threads at once and outside any transaction; every call has a short time limit.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import structlog
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from app.admin import repository, service
from app.auth.models import User
from app.core import db, migrate, pg_dump
from app.core.findings import Finding, Level
from app.core.places import PAGE
from app.core.settings import Settings
from app.core.version import VERSION
from app.mail import diagnosis
from app.mail import repository as mail
from app.mail.models import MailAccount, Provider
from app.runs import executors

log = structlog.get_logger(__name__)
_AT_ONCE = 6
_GB = 1_000_000_000
_DISK_WARN, _DISK_FAIL = _GB, _GB // 10
_WORKERS_WITHIN_S = 1.5

Check = Callable[[], Finding | list[Finding] | None]


def examine(settings: Settings, user: User, *, origin: str) -> list[Finding]:
    """The person's own accounts, and for an admin the installation before them."""
    with db.read_session() as session:
        accounts = list(mail.list_accounts(session, user.id))
        any_gmail = mail.has_provider(session, Provider.GMAIL)
    checks = _of_installation(settings, origin, needs_google=any_gmail) if user.is_admin else []
    return _perform([*checks, *_of_accounts(settings, accounts)])


def examine_everything(settings: Settings, user: User | None, *, origin: str) -> list[Finding]:
    """For whoever may read the installation's files: the installation, and the accounts of one user or of all."""
    try:
        with db.read_session() as session:
            accounts = list(mail.list_accounts(session, user.id) if user else mail.all_accounts(session))
    except SQLAlchemyError:  # the check of the database says so
        accounts = []
    any_gmail = any(account.provider == Provider.GMAIL for account in accounts)
    checks = _of_installation(settings, origin, needs_google=any_gmail)
    return _perform([*checks, *_of_accounts(settings, accounts)])


def _of_installation(settings: Settings, origin: str, *, needs_google: bool) -> list[Check]:
    return [
        partial(_check_database, settings),
        partial(_check_disk, settings),
        partial(_check_files, settings),
        _check_page,
        partial(_check_backup, settings),
        partial(_check_redis, settings),
        partial(_check_workers, settings),
        partial(diagnosis.check_client, settings, is_needed=needs_google),
        partial(diagnosis.check_redirect, settings, origin),
        partial(diagnosis.check_clock, settings),
    ]


def _of_accounts(settings: Settings, accounts: Iterable[MailAccount]) -> list[Check]:
    return [partial(diagnosis.check_account, settings, account) for account in accounts]


def _perform(checks: Sequence[Check]) -> list[Finding]:
    """What the checks find, in their order."""
    with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="doctor") as threads:
        found = list(threads.map(_try, checks))
    return [finding for some in found for finding in some]


def _try(check: Check) -> list[Finding]:
    try:
        found = check()
    except Exception as error:
        log.exception("check_crashed")
        sentence = f"A check broke off with {type(error).__name__}; the log has the rest."
        return [Finding("doctor", Level.FAIL, sentence, "Look at the log, then check again.")]
    if found is None:
        return []
    return found if isinstance(found, list) else [found]


def _check_database(settings: Settings) -> Finding:
    code, kind = "database", "SQLite" if settings.is_sqlite else "PostgreSQL"
    try:
        with db.read_session() as session:
            revision = repository.revision(session)
            version = repository.server_version(session)
            journal = repository.journal_mode(session) if settings.is_sqlite else ""
    except (SQLAlchemyError, DBAPIError, RuntimeError) as error:
        log.warning("database_not_ready", error=type(error).__name__)
        action = "Run `python -m app migrate`." if settings.is_sqlite else "Start it, or mend DATABASE_URL."
        return Finding(code, Level.FAIL, f"The database ({kind}) does not answer as it should.", action)
    if revision != migrate.head_revision():
        sentence = f"The database ({kind} {version}) is not of this version of Jobtrail."
        return Finding(code, Level.FAIL, sentence, "Stop Jobtrail, run `python -m app migrate` and start it.")
    if settings.is_sqlite and journal != "wal":
        sentence = f"The database (SQLite {version}) does not use its write-ahead log ({journal} instead)."
        return Finding(code, Level.WARN, sentence, "Put DATA_DIR on a local disk, not on a network share.")
    return Finding(code, Level.OK, f"The database ({kind} {version}) answers and is of this version.")


def _check_disk(settings: Settings) -> Finding:
    free = shutil.disk_usage(settings.data_dir).free
    sentence = f"{free / _GB:.1f} GB are free where the data lie ({settings.data_dir})."
    if free >= _DISK_WARN:
        return Finding("disk", Level.OK, sentence)
    level = Level.WARN if free >= _DISK_FAIL else Level.FAIL
    return Finding(
        "disk",
        level,
        sentence,
        "Free some space. What does not fit is refused, and nothing that is stored is lost.",
    )


def _check_files(settings: Settings) -> Finding:
    code, where = "files", settings.data_dir
    mode = stat.S_IMODE(where.stat().st_mode)
    if not os.access(where, os.W_OK | os.X_OK):
        sentence = f"Jobtrail may not write to its folder {where}."
        return Finding(code, Level.FAIL, sentence, f"Give {where} to the account that Jobtrail runs as.")
    if mode & 0o077:
        sentence = f"Other accounts of this machine may look into {where}, where mail and secrets lie."
        return Finding(code, Level.WARN, sentence, f"Run `chmod 700 {where}`.")
    return Finding(code, Level.OK, "Jobtrail's folder can be written to, and is closed to other accounts.")


def _check_page() -> Finding:
    if (PAGE / "index.html").is_file():
        return Finding("page", Level.OK, f"The page is built, and this is Jobtrail {VERSION}.")
    sentence = "The page is not built: the API answers, people see nothing."
    return Finding(
        "page", Level.WARN, sentence, "Start with `make run`, or build it: `npm ci && npm run build`."
    )


def _check_backup(settings: Settings) -> Finding | None:
    """SQLite is copied without anybody's help."""
    if settings.is_sqlite:
        return None
    if shutil.which(pg_dump.PROGRAM):
        return Finding("backup", Level.OK, "The database is copied with pg_dump before it is migrated.")
    sentence = "There is no pg_dump here, so the database is not copied before it is migrated."
    return Finding(
        "backup", Level.WARN, sentence, "Install PostgreSQL's client programs, or back it up yourself."
    )


def _check_redis(settings: Settings) -> Finding | None:
    answers = service.redis_answers(settings.redis_url)
    if answers is None:
        return None
    if answers:
        return Finding("redis", Level.OK, "Redis answers.")
    action = "Start it, or mend REDIS_URL. Until then limits count in memory and progress is looked up."
    return Finding("redis", Level.FAIL, "Redis does not answer.", action)


def _check_workers(settings: Settings) -> Finding | None:
    places = {settings.place_of_heavy_work, settings.sync_runner}
    if "celery" not in places:
        return None
    code = "worker"
    try:
        names = executors.workers_that_answer(settings, _WORKERS_WITHIN_S)
    except Exception as error:  # noqa: BLE001 (each broker's client has errors of its own)
        log.warning("broker_not_ready", error=type(error).__name__)
        action = "Start it, or mend CELERY_BROKER_URL. Workers find waiting runs by themselves meanwhile."
        return Finding(code, Level.FAIL, "The messages' broker does not answer.", action)
    if not names:
        sentence = "No Celery worker answers, so that what is meant for one waits."
        return Finding(code, Level.FAIL, sentence, "Start one: `make worker`.")
    plural = "worker answers" if len(names) == 1 else "workers answer"
    return Finding(code, Level.OK, f"{len(names)} Celery {plural}.")
