"""Empty this Jobtrail of all mail and of everything made from it; people, their keys and settings stay.

    python scripts/reset_all_user_data.py --yes-really [--delete-tokens]

Deletes the rows of every table but users, sessions, api_keys, recovery_codes, settings, instance_settings,
alembic_version and mail_accounts, and all uploads. Accounts forget how far they were read; with --delete-tokens they
forget their credentials too and must be connected again. Backups are left alone. Stop Jobtrail first, or its next
sync will begin to read everything again at once.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from app import orm
from app.admin import resetting
from app.core import db, migrate
from app.core.logging import configure_logging
from app.core.settings import Settings, SettingsError, load_settings, use_settings


def main(arguments: list[str]) -> int:
    """Do it, and print what went; the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--yes-really", action="store_true", help="nothing happens without this")
    parser.add_argument("--delete-tokens", action="store_true", help="disconnect all mail accounts as well")
    options = parser.parse_args(arguments)
    try:
        settings = load_settings()
    except SettingsError as error:
        return _refuse(*error.problems)
    if not options.yes_really:
        return _refuse(
            f"This deletes all mail and applications in {_place(settings)}, of everybody, for good.",
            "Run it again with --yes-really if that is what you want. `python -m app backup` makes a copy first.",
        )
    use_settings(settings)
    configure_logging("WARNING", settings.log_format)
    if migrate.current_revision(settings) != migrate.head_revision():
        return _refuse("The database is not of this version: run `python -m app migrate` first.")
    db.configure(settings)
    try:
        done = resetting.empty(settings, orm.metadata.sorted_tables, delete_tokens=options.delete_tokens)
    finally:
        db.dispose()
    _tell(settings, done, delete_tokens=options.delete_tokens)
    if not resetting.wipe_free_pages(settings):
        print("The database is in use, so its file was not packed: stop Jobtrail and run this again.")
    return 0


def _tell(settings: Settings, done: resetting.Emptied, *, delete_tokens: bool) -> None:
    print(f"Deleted from {_place(settings)}:")
    for name, rows in sorted(done.rows.items()):
        if rows:
            print(f"  {name:<24}{rows:>10,} rows")
    print(f"  {'uploads':<24}{done.files:>10,} files")
    if not any(done.rows.values()):
        print("There were no rows to delete.")
    if delete_tokens:
        print(f"{done.disconnected:,} mail accounts must be connected again.")


def _place(settings: Settings) -> str:
    from sqlalchemy import make_url

    return make_url(settings.database_url).render_as_string(hide_password=True)


def _refuse(*sentences: str) -> int:
    print("\n".join(f"error: {sentence}" for sentence in sentences), file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
