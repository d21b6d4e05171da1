"""Where what belongs to Jobtrail lies: in a checkout beside this package, in an installed wheel inside it."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
BACKEND = PACKAGE.parent
SHIPPED = PACKAGE / "shipped"  # only the wheel has it
IN_CHECKOUT = not SHIPPED.is_dir()
PAGE = BACKEND.parent / "frontend" / "dist" if IN_CHECKOUT else SHIPPED / "page"
ALEMBIC_INI = (BACKEND if IN_CHECKOUT else SHIPPED) / "alembic.ini"


def default_home() -> Path:
    """What relative paths in the settings are meant from: `backend/`; without a checkout the person's data folder,
    such as `~/.local/share/jobtrail`."""
    if IN_CHECKOUT:
        return BACKEND
    from platformdirs import user_data_path

    return user_data_path("jobtrail", appauthor=False)


def default_data_dir() -> Path:
    """Relative to `default_home`."""
    return Path("data" if IN_CHECKOUT else ".")


def env_files() -> tuple[Path, ...]:
    """Where settings may be written down; what comes later counts more."""
    return (BACKEND / ".env", BACKEND.parent / ".env") if IN_CHECKOUT else (default_home() / ".env",)
