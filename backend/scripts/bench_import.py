"""Measure an import into a real server: `bench_import.py [--megabytes 20] [--database URL] [--json OUT]`.

Printed are mails per second, memory over idle (all processes of the server; pool up, model loaded), and how long
a person's edits take while the import runs and while nothing does. The mail is made up of the demo mailbox again
and again, with other names, ids and attachments. Without `--database` it is a new SQLite file in a temporary folder.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
import tempfile
from pathlib import Path

import structlog

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from app.core import db
from app.core.migrate import upgrade
from app.core.settings import use_settings
from tests.factories.accounts import make_user
from tests.factories.large_imports import Measured, measure_import
from tests.factories.settings import make_settings
from tests.factories.watching import MB


def measure(folder: Path, url: str, megabytes: float) -> Measured:
    """Import that much mail as a new user of the database at `url`."""
    settings = make_settings(url or f"sqlite:///{folder / 'jobtrail.db'}", folder / "data")
    use_settings(settings)
    settings.ensure_secrets()
    upgrade(settings)
    db.configure(settings)
    make_user("ana")
    db.dispose()
    return measure_import(settings, folder, megabytes, seconds=60 + 20 * megabytes)


def figures(measured: Measured) -> dict[str, float]:
    """What is printed, by name: seconds and megabytes in the names."""
    found: dict[str, float] = {
        "mails": measured.mails,
        "mails_per_s": measured.run["rate"] or 0.0,
        "mb_over_idle": round(measured.over_idle / MB, 1),
        "edits": len(measured.watched.waits),
    }
    for name, watched in (("importing", measured.watched), ("idle", measured.before)):
        for share in (50, 95, 99):
            found[f"edit_ms_p{share}_{name}"] = round(1000 * watched.quantile(share / 100), 1)
    return found


def main() -> int:
    """Measure, print, and write JSON when asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--megabytes", type=float, default=20)
    parser.add_argument("--database", default="", help="URL of an empty database")
    parser.add_argument("--json", type=Path, help="file to write the figures to")
    options = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    with tempfile.TemporaryDirectory() as folder:
        measured = measure(Path(folder), options.database, options.megabytes)
    found = figures(measured)
    for name, value in found.items():
        sys.stdout.write(f"{name:<24}{value:>10g}\n")
    if options.json:
        options.json.write_text(json.dumps(found, indent=2) + "\n")
    doubled = measured.again["created"]
    if measured.run["state"] != "done" or measured.run["created"] != measured.mails or doubled:
        sys.stderr.write(f"error: {measured.run['created']} of {measured.mails} stored, {doubled} twice\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
