"""Where Google's OAuth client is kept: the environment, a file of the operator, or one handed over in the page.

What the operator set in the environment, or put into CREDENTIALS_PATH, goes first; the page never overwrites it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from app.core.settings import Settings
from app.mail.gmail.errors import GmailClientGiven, GmailClientInvalid

_NAME = "google-client.json"
_GOOGLES = ("google.com", "googleapis.com")


def find(settings: Settings) -> tuple[str, str] | None:
    """Where the client was found, in words, and its text. Raises GmailClientInvalid."""
    if (text := settings.gmail_credentials_json.get_secret_value()).strip():
        return "GMAIL_CREDENTIALS_JSON", text
    for where, path in (
        (f"The file {settings.credentials_path.name} (CREDENTIALS_PATH)", settings.credentials_path),
        ("The client file that was handed over", _kept_at(settings)),
    ):
        try:
            return where, path.read_text(encoding="utf-8-sig")
        except FileNotFoundError:
            continue
        except (OSError, UnicodeDecodeError) as error:
            raise GmailClientInvalid(f"{where} can't be read.") from error
    return None


def keep(settings: Settings, config: Mapping[str, Any]) -> None:
    """Keep a client that has been checked, readable by this account of the machine alone.

    It must lead to Google: whoever owns its addresses is sent the codes of people who connect. Raises
    GmailClientGiven where the operator gave one already, GmailClientInvalid.
    """
    if settings.gmail_credentials_json.get_secret_value().strip():
        raise GmailClientGiven("GMAIL_CREDENTIALS_JSON is set, and goes first.")
    if settings.credentials_path.exists():
        raise GmailClientGiven(
            f"The file {settings.credentials_path.name} (CREDENTIALS_PATH) is there, and goes first."
        )
    client = config.get("web") or config["installed"]
    for name in ("auth_uri", "token_uri"):
        if not _is_googles(client[name]) and not settings.gmail_api_base_url:
            raise GmailClientInvalid(
                f"`{name}` does not lead to Google. Download the client's JSON from Google again."
            )
    path = _kept_at(settings)
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump(config, file)
    part.replace(path)


def _kept_at(settings: Settings) -> Path:
    return settings.data_dir / _NAME


def _is_googles(url: str) -> bool:
    parts = urlsplit(url)
    name = parts.hostname or ""
    return parts.scheme == "https" and any(name == one or name.endswith(f".{one}") for one in _GOOGLES)
