"""The command line: `python -m app COMMAND`. Paths resolve against the caller's folder."""

from __future__ import annotations

import argparse
import getpass
import json
import sys
import threading
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from app.core import backup, clock, db, migrate
from app.core.errors import AppError
from app.core.logging import configure_logging
from app.core.settings import BACKEND, Settings, SettingsError, load_settings, use_settings

if TYPE_CHECKING:
    from uvicorn import Server

    from app.mailsync.command_line import Mailboxes

OPENAPI_FILE = BACKEND / "openapi.json"
_STOP_WITHIN_S = 5


def main(arguments: list[str]) -> int:
    """Run one command; the exit status."""
    options = _parser().parse_args(arguments)
    try:
        settings = load_settings()
    except SettingsError as error:
        for sentence in error.problems:
            _complain(sentence)
        return 2
    use_settings(settings)
    try:
        status: int = options.command(settings, options)
    except AppError as error:
        _complain(error.detail)
        return 1
    except KeyboardInterrupt:
        return 130
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m app", description="Jobtrail: your job search, from your inbox."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    serve = commands.add_parser("serve", help="start the application")
    serve.add_argument("--host", help="address to listen on (HOST)")
    serve.add_argument("--port", type=int, help="port to listen on (PORT)")
    serve.add_argument(
        "--migrate", action="store_true", help="bring the database to the newest version first"
    )
    serve.add_argument("--open", action="store_true", help="open the page in a browser")
    serve.set_defaults(command=_serve)

    migrating = commands.add_parser(
        "migrate", help="bring the database to the newest version, after a backup"
    )
    migrating.set_defaults(command=_migrate)

    copying = commands.add_parser("backup", help="copy the whole database while it is in use")
    copying.add_argument("file", type=Path)
    copying.set_defaults(command=_backup)

    restoring = commands.add_parser("restore", help="put a backup in place of the database")
    restoring.add_argument("file", type=Path)
    restoring.add_argument("--yes", action="store_true", help="don't ask")
    restoring.set_defaults(command=_restore)

    user = commands.add_parser("user", help="make users, set passwords, make admins, end 2-step login")
    user.add_argument("action", choices=["create", "password", "promote", "totp-off"])
    user.add_argument("username")
    user.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
    user.set_defaults(command=_user)

    reseal = commands.add_parser("reseal", help="put stored secrets under the newest ENCRYPTION_KEY")
    reseal.set_defaults(command=_reseal)

    openapi = commands.add_parser("openapi", help="write the description of the API")
    openapi.add_argument("--out", type=Path, default=OPENAPI_FILE)
    openapi.add_argument("--check", action="store_true", help="only say whether the file is up to date")
    openapi.set_defaults(command=_openapi)

    importing = commands.add_parser("import", help="read a mailbox file or folder into a user's account")
    importing.add_argument("path", type=Path)
    importing.add_argument("--user", required=True, metavar="NAME")
    importing.set_defaults(command=_import)

    sync = commands.add_parser("sync", help="read connected mailboxes, and wait until all is read")
    _name_mailboxes(sync)
    sync.add_argument("--full", action="store_true", help="search the whole mailbox instead of what changed")
    sync.set_defaults(command=_sync)

    deletions = commands.add_parser("deletions", help="look for mail that was deleted at its source")
    _name_mailboxes(deletions)
    deletions.set_defaults(command=_deletions)

    verify = commands.add_parser("verify", help="compare mailboxes with what is stored of them")
    _name_mailboxes(verify)
    verify.add_argument("--fix", action="store_true", help="fetch what is missing")
    verify.set_defaults(command=_verify)

    doctor = commands.add_parser("doctor", help="look after everything that mail needs")
    doctor.add_argument("--user", metavar="NAME", help="only this user's accounts")
    doctor.set_defaults(command=_doctor)

    health = commands.add_parser("health", help="ask the running server how it is")
    health.add_argument("--url", help="its address, where it is not this machine's")
    health.set_defaults(command=_health)
    return parser


def _name_mailboxes(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--user", metavar="NAME", help="of this user (default: everybody's)")
    parser.add_argument("--email", metavar="ADDRESS", help="only the mailbox with this address")


def _serve(settings: Settings, options: argparse.Namespace) -> int:
    import uvicorn

    from app.main import create_app

    changed = {"host": options.host, "port": options.port}
    settings = settings.model_copy(
        update={name: value for name, value in changed.items() if value is not None}
    )
    use_settings(settings)
    settings.ensure_secrets()
    configure_logging(settings.log_level, settings.log_format)
    if options.migrate:
        _migrate(settings, options)
    elif migrate.current_revision(settings) != migrate.head_revision():
        _complain(
            "The database is not of this version: run `python -m app migrate`, or serve with --migrate."
        )
        return 1
    server = uvicorn.Server(
        uvicorn.Config(
            create_app(settings),
            host=settings.host,
            port=settings.port,
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=bool(settings.forwarded_allow_ips),
            forwarded_allow_ips=settings.forwarded_allow_ips or "",
            timeout_graceful_shutdown=_STOP_WITHIN_S,
        )
    )
    announcing = threading.Thread(
        target=_announce, args=(server, _address(settings), options.open), daemon=True
    )
    announcing.start()
    server.run()
    return 0 if server.started else 1


def _announce(server: Server, address: str, opens: bool) -> None:
    """Tell the address once it answers."""
    while not server.started:
        if server.should_exit:
            return
        clock.sleep(0.05)
    print(f"\n  Jobtrail runs at {address}\n", flush=True)
    if opens:
        webbrowser.open(address)


def _address(settings: Settings) -> str:
    if settings.public_url:
        return settings.public_url
    name = "localhost" if settings.host in {"0.0.0.0", "::"} else settings.host  # noqa: S104 (compared, not bound)
    return f"http://{f'[{name}]' if ':' in name else name}:{settings.port}"


def _migrate(settings: Settings, _options: argparse.Namespace) -> int:
    settings.ensure_secrets()
    done = migrate.upgrade(settings)
    if done.backup is not None:
        print(f"The database as it was is kept in {done.backup}.", file=sys.stderr)
    if done.no_backup is not None:
        print(f"No copy of the database was made before: {done.no_backup}", file=sys.stderr)
    if done.changed:
        print(f"The database is at version {done.after} now.", file=sys.stderr)
    return 0


def _backup(settings: Settings, options: argparse.Namespace) -> int:
    backup.back_up(settings, options.file.resolve())
    print(
        f"Written to {options.file}. Keep the secrets in {settings.data_dir} with it: credentials need them."
    )
    return 0


def _restore(settings: Settings, options: argparse.Namespace) -> int:
    if not options.yes and not _agrees(f"Put {options.file} in place of everything in this database?"):
        _complain("Nothing was changed.")
        return 1
    settings.ensure_secrets()
    kept = backup.restore(settings, options.file.resolve())
    if kept is not None:
        print(f"The database as it was is kept in {kept}.", file=sys.stderr)
    print(f"Restored from {options.file}. Start the server again.")
    return 0


def _agrees(question: str) -> bool:
    return input(f"{question} Stop the server first. [y/N] ").strip().lower() in {"y", "yes"}


def _user(settings: Settings, options: argparse.Namespace) -> int:
    from app.auth import commands

    password = None
    if options.action in {"create", "password"}:
        password = _ask_password(from_stdin=options.password_stdin)
    _open(settings)
    print(commands.change_user(options.action, options.username, password))
    return 0


def _reseal(settings: Settings, _options: argparse.Namespace) -> int:
    from app.admin import rotation

    settings.ensure_secrets()
    _open(settings)
    done = rotation.reseal(settings)
    print(f"{done.moved} secrets put under the newest key; {done.there} stood there already.")
    if done.unreadable:
        _complain(f"{done.unreadable} can't be read by any of the keys in ENCRYPTION_KEY. See the log.")
        return 1
    return 0


def _ask_password(*, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass.getpass("Password: ")
    if getpass.getpass("Again: ") != first:
        raise AppError("The two were not the same.")
    return first


def _openapi(settings: Settings, options: argparse.Namespace) -> int:
    from app.main import create_app

    text = json.dumps(create_app(settings).openapi(), indent=1, ensure_ascii=False) + "\n"
    if not options.check:
        options.out.write_text(text)
        return 0
    if options.out.exists() and options.out.read_text() == text:
        return 0
    _complain(f"{options.out} is out of date: run `python -m app openapi`.")
    return 1


def _import(settings: Settings, options: argparse.Namespace) -> int:
    from app.mailsync import command_line

    path = options.path.resolve()
    if not path.exists():
        _complain(f"There is no {path}.")
        return 1
    with _working(settings):
        return command_line.import_path(path, options.user)


def _sync(settings: Settings, options: argparse.Namespace) -> int:
    from app.mailsync import command_line

    with _working(settings):
        return command_line.sync(_mailboxes(options), full=options.full)


def _deletions(settings: Settings, options: argparse.Namespace) -> int:
    from app.mailsync import command_line

    with _working(settings):
        return command_line.check_deletions(_mailboxes(options))


def _verify(settings: Settings, options: argparse.Namespace) -> int:
    from app.mailsync import command_line

    with _working(settings):
        return command_line.check_complete(_mailboxes(options), fix=options.fix)


def _mailboxes(options: argparse.Namespace) -> Mailboxes:
    from app.mailsync import command_line

    return command_line.Mailboxes(options.user or None, options.email or None)


@contextmanager
def _working(settings: Settings) -> Iterator[None]:
    """Runs are done here, unless a running server takes them first. Workers are not needed for it."""
    from app import wiring
    from app.runs import executors

    here = settings.model_copy(update={"runner": "inprocess", "sync_runner": "inprocess"})
    use_settings(here)
    _open(here)
    wiring.connect()
    executors.start(here)
    try:
        yield
    finally:
        executors.stop()


def _doctor(settings: Settings, options: argparse.Namespace) -> int:
    from app.admin import command_line

    settings.ensure_secrets()
    configure_logging("DEBUG" if settings.log_level == "DEBUG" else "CRITICAL", settings.log_format)
    db.configure(settings)  # as it is: a database that needs to be migrated is one of the things it tells
    return command_line.tell(settings, options.user, origin=_address(settings))


def _health(settings: Settings, options: argparse.Namespace) -> int:
    from app.admin import command_line

    return command_line.ask_health(options.url or _address(settings))


def _open(settings: Settings) -> None:
    settings.ensure_secrets()
    configure_logging("DEBUG" if settings.log_level == "DEBUG" else "WARNING", settings.log_format)
    migrate.upgrade(settings)
    db.configure(settings)


def _complain(sentence: str) -> None:
    print(f"error: {sentence}", file=sys.stderr)
