"""What an administrator sets about models in the page: stored, secrets encrypted, below what the environment says."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

import structlog
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, ValidationError

from app.auth import service as accounts
from app.core import crypto, db
from app.core.clock import monotonic
from app.core.db import ReadSession, WriteSession
from app.core.settings import Settings, get_settings

log = structlog.get_logger(__name__)
FRESH_S = 2.0  # another process's change is known after so long
PROVIDERS = ("openai", "anthropic")
SECRETS = ("openai_api_key", "anthropic_api_key")


def check_address(value: str) -> str:
    """An http or https address without a password in it. Raises ValueError."""
    address = urlsplit(value.strip())
    if address.scheme not in {"http", "https"} or not address.hostname or "@" in address.netloc:
        raise ValueError("Give an http or https address, without a user name in it.")
    return value.strip().rstrip("/")


Share = Annotated[float, Field(ge=0, le=1)]
Money = Annotated[float, Field(ge=0, le=1_000_000)]
Word = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^\S(.*\S)?$")]
Address = Annotated[str, Field(min_length=1, max_length=500), AfterValidator(check_address)]
Secret = Annotated[SecretStr, Field(min_length=1, max_length=500)]


class ClassifierPatch(BaseModel):
    """Changes to who classifies mail, and how. What is left out stays; null goes back to the default."""

    model_config = ConfigDict(extra="forbid")

    classification_mode: Literal["auto", "local", "llm", "hybrid", "llm_all"] | None = None
    llm_provider: Literal["openai", "anthropic"] | None = None
    openai_base_url: Address | None = None
    openai_model: Word | None = None
    openai_api_key: Secret | None = None
    anthropic_base_url: Address | None = None
    anthropic_model: Word | None = None
    anthropic_api_key: Secret | None = None
    llm_budget_usd_per_day: Money | None = None
    llm_price_input: Money | None = None
    llm_price_output: Money | None = None
    classification_local_confidence_threshold: Share | None = None
    review_confidence_threshold: Share | None = None

    def changes(self) -> dict[str, Any]:
        """The fields that were given."""
        return {name: getattr(self, name) for name in sorted(self.model_fields_set)}

    @classmethod
    def readable(cls, values: dict[str, Any]) -> Self:
        """What of stored values is still understood."""
        try:
            return cls(**values)
        except ValidationError as error:
            broken = {str(problem["loc"][0]) for problem in error.errors()}
            log.warning("stored_settings_not_understood", names=sorted(broken))
            return cls(**{name: value for name, value in values.items() if name not in broken})


NAMES = tuple(ClassifierPatch.model_fields)


class _Known:
    """The newest reading of the stored values, for some seconds."""

    base: Settings | None = None
    in_force: Settings | None = None
    until: float = 0.0


_known = _Known()


def settings_in_force() -> Settings:
    """The settings of this process with what was set in the page, where the environment says nothing."""
    base = get_settings()
    if _known.in_force is not None and _known.base is base and monotonic() < _known.until:
        return _known.in_force
    with db.read_session() as session:
        made = overlaid(base, stored(session, base))
    _known.base, _known.in_force, _known.until = base, made, monotonic() + FRESH_S
    return made


def forget_reading() -> None:
    """Have the next question read what is stored."""
    _known.in_force = None


def fixed_names(base: Settings) -> list[str]:
    """What the environment says, and the page can't change. An address goes with the key: a key that the environment
    holds is not sent to an address from the page."""
    given = base.model_fields_set
    fixed = {name for name in NAMES if name in given}
    for provider in PROVIDERS:
        if f"{provider}_api_key" in given:
            fixed.add(f"{provider}_base_url")
    return sorted(fixed)


def overlaid(base: Settings, values: ClassifierPatch) -> Settings:
    """Settings with these values where the environment says nothing."""
    fixed = set(fixed_names(base))
    update = {
        name: value for name, value in values.changes().items() if name not in fixed and value is not None
    }
    return base.model_copy(update=update)


def stored(session: ReadSession, base: Settings) -> ClassifierPatch:
    """What was set in the page. A secret that can't be decrypted any more counts as not set."""
    values: dict[str, Any] = {}
    for name, (text, encrypted) in accounts.instance_values(session, NAMES).items():
        try:
            plain = crypto.decrypt(text.encode(), base.encryption_keys).decode() if encrypted else text
            values[name] = json.loads(plain)
        except (crypto.CredentialsUnreadable, ValueError):
            log.warning("stored_setting_unreadable", name=name)
    return ClassifierPatch.readable(values)


def merged(base: Settings, before: ClassifierPatch, patch: ClassifierPatch) -> ClassifierPatch:
    """What would be stored after these changes. A key goes when its address changes and no key comes with it: the
    key that somebody typed in for one host is not sent to another."""
    changes = patch.changes()
    values = {**before.changes(), **changes}
    for provider in PROVIDERS:
        address, key = f"{provider}_base_url", f"{provider}_api_key"
        moved = address in changes and changes[address] != before.changes().get(address)
        if moved and key not in changes and key not in base.model_fields_set:
            values.pop(key, None)
    return ClassifierPatch(**{name: value for name, value in values.items() if value is not None})


def store(session: WriteSession, base: Settings, values: ClassifierPatch) -> None:
    """Have exactly these values stored."""
    changes = values.changes()
    for name in NAMES:
        value = changes.get(name)
        if value is None:
            accounts.store_instance_value(session, name, None)
            continue
        text = json.dumps(value.get_secret_value() if isinstance(value, SecretStr) else value)
        if name in SECRETS:
            text = crypto.encrypt(text.encode(), base.encryption_keys).decode()
        accounts.store_instance_value(session, name, text, encrypted=name in SECRETS)
