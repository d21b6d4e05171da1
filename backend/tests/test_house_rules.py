"""Rules of the house that no linter knows, each with its reason.

A `# house: <reason>` comment on a line, or alone just above it, excuses that line.
"""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house import APP, BACKEND, ROOT, app_files, calls, own_imports, room_of, spelled, tree, uses, where

LINES_AT_MOST = 400
DOORS = {"service", "events", "schemas", "models", "errors", "values"}
# Doors that a room has besides those: who asks, what runners are written against, the mail sources, and
# modules of pure functions that take values and return values.
MORE_DOORS = {
    "auth": {"dependencies", "leaving", "cookies", "confirming"},
    "runs": {"context", "registry", "pool", "streams", "watch", "executors"},
    "mail": {"archive", "gmail", "imap", "sources", "mime", "identity", "connections", "reader", "diagnosis"}
    | {"writing"},
    "applications": {"reaching", "fold", "derive", "timeline", "fields", "keeping", "decided"}
    | {"listing", "wanted"},
    "classification": {"version"},
    "correlation": {"partition", "keys", "mentions"},
    "intake": {"planning", "planning_schemas", "managing", "importing", "duplicates"},
    "analytics": {"filters"},
    "mailsync": {"importing", "uploads"},  # the demo mailbox comes in like any other archive
    "replies": {"feed", "ics"},
}
# Rooms that tell a story handle batches of the nouns' rows through the nouns' own owner-scoped repositories:
# a service function of one line around each would hide nothing.
STORIES = {
    "intake": {"mail", "applications", "correlation"},
    "mailsync": {"mail", "runs", "intake"},
    "replies": {"mail", "applications"},
    "analytics": {"applications", "runs"},
    "demo": {"mail", "runs"},
    # The doctor looks at every account, admins at every run, and keys rotate over every secret.
    "admin": {"auth", "mail", "runs"},
    "portability": {"applications", "runs", "mail", "auth"},  # an account goes as a whole
}
VENDORS = ("sklearn", "langgraph", "openai", "anthropic", "googleapiclient", "google_auth_oauthlib", "scipy")
SOURCES = (APP, BACKEND / "tests", BACKEND / "scripts")


def test_select_only_in_repositories() -> None:
    """A query outside repository.py escapes owner scoping, and that is how one person sees another's mail."""
    offenders = [
        hit
        for path in app_files()
        if path.name != "repository.py" and _imports(path, "sqlalchemy", {"select"})
        for hit in calls(path, lambda call: spelled(call.func).split(".")[-1] == "select")
    ]
    assert offenders == []


def test_commit_only_in_the_database_module() -> None:
    """A service that commits makes half of a request durable when the other half fails."""
    offenders = [
        hit
        for path in app_files()
        if path != APP / "core" / "db.py"
        for hit in calls(
            path, lambda call: isinstance(call.func, ast.Attribute) and call.func.attr == "commit"
        )
    ]
    assert offenders == []


def test_environment_only_in_settings() -> None:
    """A variable read elsewhere is in no documentation, has no check, and can't be given by a test."""
    offenders = [
        hit
        for path in app_files()
        if path != APP / "core" / "settings.py"
        for hit in uses(path, "os", {"environ", "environb", "getenv", "putenv"})
    ]
    assert offenders == []


def test_other_machines_only_with_leave() -> None:
    """Whoever opens a connection without asking is not in the list of contacted machines, goes where nobody may,
    and talks though OFFLINE says not to."""
    doors = {"core/guarded_http.py", "mail/gmail/web.py", "mail/imap/wire.py"}
    makers = {"httplib2.Http", "imapclient.IMAPClient", "socket.create_connection", "urllib.request.urlopen"}
    makers |= {"smtplib.SMTP", "smtplib.SMTP_SSL", "imaplib.IMAP4_SSL", "requests.Session"}
    for library in ("httpx", "httpx2", "requests"):
        ways = ("Client", "AsyncClient", "HTTPTransport", "get", "post", "put", "request", "stream")
        makers |= {f"{library}.{way}" for way in ways}
    offenders = [
        hit
        for path in app_files()
        if path.relative_to(APP).as_posix() not in doors
        for hit in calls(path, lambda call: spelled(call.func) in makers)
    ]
    assert offenders == []


def test_time_only_from_the_clock() -> None:
    """Code that asks the system for the time can't be tested at another one, and forgets the zone."""
    asking = {"datetime": {"now", "utcnow", "today"}, "datetime.datetime": {"now", "utcnow", "today"}}
    asking |= {"date": {"today"}, "datetime.date": {"today"}, "time": {"time", "time_ns"}}
    offenders = [
        hit
        for path in app_files()
        if path != APP / "core" / "clock.py"
        for owner, names in asking.items()
        for hit in uses(path, owner, names)
    ]
    assert offenders == []


def test_private_names_stay_in_their_room() -> None:
    """A name with an underscore promises nothing; whoever leans on it breaks at the next clean-up."""
    offenders = [
        where(path, each.line)
        for path in app_files()
        for each in own_imports(path)
        if each.room != room_of(path) and _is_private(f"{each.inside}.{each.name}")
    ]
    assert offenders == []


def test_rooms_are_entered_through_their_doors() -> None:
    """What a room doesn't show at its doors it may change without asking anyone."""
    offenders = [
        f"{where(path, each.line)} enters {each.room} by {each.inside or each.name}"
        for path in app_files()
        if (room := room_of(path)) is not None
        for each in own_imports(path)
        if each.room not in {room, "core"} and not _is_door(room, each.room, each.inside)
    ]
    assert offenders == []


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.name))
def test_files_stay_short(source: Path) -> None:
    """Past 400 lines nobody reads a file whole; split it by sub-noun."""
    assert [path for path in _code(source, "*.py") if _length(path) > LINES_AT_MOST] == []


def test_files_of_the_page_stay_short() -> None:
    """The same holds for the page.

    Its English text stands in one file, so that it can be translated as a whole; the generated client is
    nobody's to read.
    """
    whole = {"schema.d.ts", "en.ts"}
    code = [*_code(ROOT / "frontend" / "src", "*.ts"), *_code(ROOT / "frontend" / "src", "*.tsx")]
    assert code
    assert [path for path in code if path.name not in whole and _length(path) > LINES_AT_MOST] == []


def test_no_drawer_for_odds_and_ends() -> None:
    """A file named for nothing attracts everything, and then every room imports it."""
    drawers = {"utils", "util", "helpers", "helper", "common", "misc", "shared"}
    names = [path for source in SOURCES for path in _code(source, "*.py")]
    assert [path for path in names if path.stem in drawers or path.parent.name in drawers] == []


def test_packages_begin_with_a_paragraph_and_nothing_else() -> None:
    """Code in `__init__.py` runs whenever anything of the room is imported, and hides where names come from.

    A sub-package may list its parts and pass names on, so that it can be split and no caller notices.
    """
    offenders = []
    for path in (each for each in app_files() if each.name == "__init__.py"):
        body = tree(path).body
        passes_on = len(path.relative_to(APP).parts) > 2
        rest = [node for node in body[1:] if not (passes_on and _passes_names_on(node))]
        if ast.get_docstring(tree(path)) is None or rest:
            offenders.append(str(path.relative_to(ROOT)))
    assert offenders == []


def test_application_starts_without_the_heavy_libraries() -> None:
    """They cost seconds and hundreds of megabytes, and a person who opens the page needs none of them."""
    code = f"import sys, app.main; print([name for name in {VENDORS!r} if name in sys.modules])"
    told = subprocess.run(
        [sys.executable, "-c", code], cwd=BACKEND, check=True, capture_output=True, text=True
    )
    assert told.stdout.strip() == "[]"


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_python_locks_name_no_address(name: str) -> None:
    """A lock that names an index installs from there, whatever the person's own settings say."""
    text = (BACKEND / name).read_text(encoding="utf-8")
    assert "--hash=sha256:" in text
    assert re.findall(r"https?://|file://|index-url|find-links", text) == []


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_python_locks_hold_what_is_asked_for(name: str) -> None:
    """A package that is asked for but not locked is missing on the next fresh machine."""
    asked = re.findall(
        r"^([A-Za-z0-9._-]+)", (BACKEND / f"{name}.in").read_text(encoding="utf-8"), re.MULTILINE
    )
    locked = re.findall(
        r"^([A-Za-z0-9._-]+)==", (BACKEND / f"{name}.txt").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert {_normal(each) for each in asked if not each.startswith("-")} - {
        _normal(each) for each in locked
    } == set()


@pytest.mark.parametrize("folder", ["frontend", "backend/tests/browser"])
def test_npm_locks_name_no_address(folder: str) -> None:
    """npm downloads from `resolved` even when a person's settings name another registry."""
    packages = json.loads((ROOT / folder / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert [name for name, entry in packages.items() if "resolved" in entry] == []
    assert [name for name, entry in packages.items() if name and "integrity" not in entry] == []


def _code(folder: Path, pattern: str) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob(pattern)) if "node_modules" not in path.parts)


def _length(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def _imports(path: Path, module: str, names: set[str]) -> bool:
    return any(
        (isinstance(node, ast.ImportFrom) and node.module == module and names & {a.name for a in node.names})
        or (isinstance(node, ast.Import) and any(alias.name == module for alias in node.names))
        for node in ast.walk(tree(path))
    )


def _is_private(dotted: str) -> bool:
    return any(part.startswith("_") and not part.startswith("__") for part in dotted.split("."))


def _is_door(from_room: str, room: str, inside: str) -> bool:
    door = inside.split(".", maxsplit=1)[0]
    if door == "repository":
        return room in STORIES.get(from_room, set())
    return door in DOORS | MORE_DOORS.get(room, set())


def _passes_names_on(node: ast.stmt) -> bool:
    lists_names = isinstance(node, ast.Assign) and isinstance(node.value, ast.List | ast.Tuple)
    return lists_names or isinstance(node, ast.ImportFrom)


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
