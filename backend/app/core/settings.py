"""All settings, in one class. Environment first, then top-level `.env`, then `backend/.env` (`core.places` says where
without a checkout).

The only place that reads the environment. A bad value stops the start with one sentence per problem.
"""

from __future__ import annotations

import os
import secrets
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from cryptography.fernet import Fernet
from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from app.core import places
from app.core.addresses import Reach, reach_of_name

BACKEND = places.BACKEND
LOOPBACK_NAMES = ("localhost", "127.0.0.1", "::1", "[::1]")
_METRICS_TOKEN_AT_LEAST = 16
_WEAK = frozenset({"changethis", "changeme", "secret", "password", "your-secret-key"})


class SettingsError(Exception):
    """The configuration can't be used; `problems` holds one sentence each."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


class Settings(BaseSettings):
    """Every setting of Jobtrail. Names are environment variables, case-insensitive."""

    model_config = SettingsConfigDict(
        env_file=places.env_files(),
        env_file_encoding="utf-8",
        extra="ignore",
        hide_input_in_errors=True,
        env_ignore_empty=True,
    )

    env: Literal["local", "staging", "production"] = "local"
    data_dir: Path = places.default_data_dir()
    database_url: str = ""
    db_pool_size: int = Field(5, ge=1, le=100)
    db_max_overflow: int = Field(10, ge=0, le=100)
    db_pool_timeout_s: int = Field(30, ge=1)
    db_pool_recycle_s: int = Field(1800, ge=30)
    sqlite_busy_timeout_ms: int = Field(5000, ge=0)
    redis_url: str = ""
    celery_broker_url: str = ""
    runner: Literal["", "inprocess", "celery", "inline"] = ""
    sync_runner: Literal["inprocess", "celery", "inline"] = "inprocess"
    sync_interval_minutes: int = Field(5, ge=0, le=10_080)
    deletion_check_interval_minutes: int = Field(10, ge=0, le=10_080)
    token_refresh_interval_minutes: int = Field(60, ge=0, le=10_080)
    secret_key: SecretStr = SecretStr("")
    encryption_key: SecretStr = SecretStr("")
    jwt_algorithm: Literal["HS256"] = "HS256"
    jwt_expire_minutes: int = Field(10080, ge=1)
    api_key: SecretStr = SecretStr("")
    api_key_user_id: int | None = None
    api_key_header: str = "X-API-Key"
    registration: Literal["open", "closed"] = "closed"
    google_client_id: str = ""
    google_client_secret: SecretStr = SecretStr("")
    google_redirect_uri: str = ""
    google_issuer: str = "https://accounts.google.com"
    google_certs_url: str = ""
    allowed_hosts: str = ""
    public_url: str = ""
    forwarded_allow_ips: str = ""
    credentials_path: Path = Path("credentials.json")
    gmail_credentials_json: SecretStr = SecretStr("")
    gmail_oauth_redirect_uri: str = ""
    gmail_api_base_url: str = ""
    google_service_account_json: SecretStr = SecretStr("")
    google_revoke_url: str = "https://oauth2.googleapis.com/revoke"
    gmail_messages_max_results: int = Field(500, ge=1, le=500)
    gmail_full_sync_max_per_query: int = Field(2000, ge=0)
    backfill_cooldown_s: int = Field(300, ge=0)
    gmail_full_sync_after_date: date | None = None
    gmail_full_sync_days_back: int = Field(90, ge=1, le=36500)
    gmail_full_sync_ignore_last_synced: bool = False
    gmail_sync_scope: Literal["job_search", "thorough", "all"] = "thorough"
    gmail_batch_size: int = Field(25, ge=1, le=100)
    gmail_max_concurrent_batches: int = Field(4, ge=1, le=16)
    gmail_quota_profile: Literal["2026", "legacy"] = "2026"
    gmail_quota_units_per_minute: int | None = Field(None, ge=0)
    offline: bool = False
    allow_private_hosts: bool | None = None
    openai_api_key: SecretStr = SecretStr("")
    openai_base_url: str = ""
    openai_model: str = "gpt-4o-mini"
    openai_temperature: float = Field(0.2, ge=0, le=2)
    anthropic_api_key: SecretStr = SecretStr("")
    anthropic_base_url: str = ""
    anthropic_model: str = "claude-haiku-4-5"
    llm_provider: Literal["", "openai", "anthropic"] = ""
    llm_max_tokens: int = Field(1500, ge=64, le=100_000)
    llm_timeout_s: float = Field(60, gt=0, le=600)
    llm_budget_usd_per_day: float | None = Field(None, ge=0)
    llm_price_input: float | None = Field(None, ge=0)
    llm_price_output: float | None = Field(None, ge=0)
    classification_mode: Literal["auto", "local", "llm", "hybrid", "llm_all"] = "auto"
    classification_max_concurrency: int = Field(15, ge=1, le=100)
    classification_batch_size: int = Field(10, ge=0, le=50)
    classification_use_batch_prompt: bool = True
    classification_batch_confidence_threshold: float = Field(0.6, ge=0, le=1)
    classification_local_confidence_threshold: float = Field(0.85, ge=0, le=1)
    review_confidence_threshold: float = Field(0.6, ge=0, le=1)
    keep_other_mail: Literal["text", "none", "full"] = "text"
    deleted_email_retention_days: int = Field(0, ge=0, le=36_500)
    ingestion_workers: int = Field(
        default_factory=lambda: max(1, min(4, (os.cpu_count() or 2) - 1)), ge=1, le=16
    )
    ingestion_batch_size: int = Field(25, ge=1, le=500)
    rate_limit_per_minute: int = Field(1200, ge=0)
    max_upload_mb: int = Field(10_240, ge=1)
    cors_origins: list[str] = ["http://localhost:3000", "http://localhost:5173"]
    host: str = "127.0.0.1"
    port: int = Field(8000, ge=0, le=65535)
    metrics_token: SecretStr = SecretStr("")
    prometheus_multiproc_dir: str = ""
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["", "console", "json"] = ""

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @field_validator("database_url")
    @classmethod
    def _driver(cls, value: str) -> str:
        for prefix in ("postgres://", "postgresql://"):
            if value.startswith(prefix):
                return "postgresql+psycopg://" + value.removeprefix(prefix)
        return value

    @model_validator(mode="after")
    def _resolve(self) -> Settings:
        home = places.default_home()
        self.data_dir = (home / self.data_dir).resolve()
        self.credentials_path = (home / self.credentials_path).resolve()
        if not self.database_url:
            self.database_url = f"sqlite:///{self.data_dir / 'jobtrail.db'}"
        self.log_format = self.log_format or ("console" if self.env == "local" else "json")
        problems = list(self._problems())
        if problems:
            raise SettingsError(problems)
        return self

    def _problems(self) -> list[str]:
        found = []
        if bool(self.api_key.get_secret_value()) != (self.api_key_user_id is not None):
            found.append("API_KEY and API_KEY_USER_ID belong together: set both or neither.")
        if "celery" in (self.runner, self.sync_runner) and not self.broker_url:
            found.append("RUNNER or SYNC_RUNNER is celery, but there is no REDIS_URL for the messages.")
        found += self.llm_problems()
        found += self._google_problems()
        secret = self.secret_key.get_secret_value()
        if secret and (len(secret.encode()) < 32 or secret.lower() in _WEAK):
            found.append("SECRET_KEY is too short or a known default: use at least 32 random bytes.")
        if self.env == "production":
            if not secret:
                found.append("SECRET_KEY is missing: production needs one of at least 32 random bytes.")
            if not self.encryption_key.get_secret_value():
                found.append("ENCRYPTION_KEY is missing: production needs a Fernet key.")
        if 0 < len(self.metrics_token.get_secret_value()) < _METRICS_TOKEN_AT_LEAST:
            found.append("METRICS_TOKEN is too short: use at least 16 random characters.")
        for key in self.encryption_keys if self.encryption_key.get_secret_value() else []:
            try:
                Fernet(key)
            except ValueError:
                found.append(
                    "ENCRYPTION_KEY is not a Fernet key (32 url-safe base64 bytes, comma between several)."
                )
        return found

    def llm_problems(self) -> list[str]:
        """One sentence for each thing about language models that can't be as it is."""
        found = []
        if self.llm_provider and self.llm_provider_in_use is None:
            found.append(f"LLM_PROVIDER is {self.llm_provider}, but neither its key nor its address is set.")
        elif self.classification_mode not in {"auto", "local"} and self.llm_provider_in_use is None:
            found.append(
                f"CLASSIFICATION_MODE is {self.classification_mode}, but no language model is configured: set "
                "OPENAI_API_KEY, OPENAI_BASE_URL or ANTHROPIC_API_KEY."
            )
        if (self.llm_price_input is None) != (self.llm_price_output is None):
            found.append("LLM_PRICE_INPUT and LLM_PRICE_OUTPUT belong together: set both or neither.")
        for name in ("openai_base_url", "anthropic_base_url"):
            address = urlsplit(getattr(self, name))
            if address.geturl() and (address.scheme not in {"http", "https"} or not address.hostname):
                found.append(f"{name.upper()} is not an http or https address.")
            elif (problem := self._private_problem(name.upper(), address.hostname)) is not None:
                found.append(problem)
        return found

    def _google_problems(self) -> list[str]:
        found = []
        if bool(self.google_client_id) != bool(self.google_client_secret.get_secret_value()):
            found.append("GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET belong together: set both or neither.")
        for name in ("google_issuer", "google_certs_url", "google_redirect_uri"):
            address = urlsplit(getattr(self, name))
            if address.geturl() and address.scheme != "https" and address.hostname not in LOOPBACK_NAMES:
                found.append(f"{name.upper()} must be an https address, or this machine's own.")
        return found

    @property
    def google_sign_in(self) -> bool:
        """Whether people may sign in with Google."""
        return bool(self.google_client_id and self.google_client_secret.get_secret_value())

    def _private_problem(self, name: str, host: str | None) -> str | None:
        """What is wrong with a host that is an address; one that is a name is looked at when it is contacted."""
        reach = reach_of_name(host or "")
        if reach is Reach.NEVER:
            return f"{name} is an address that Jobtrail never goes to."
        if reach is Reach.PRIVATE and not self.private_hosts_allowed:
            return f"{name} stands in a private network: set ALLOW_PRIVATE_HOSTS=true if that is meant."
        return None

    @property
    def llm_provider_in_use(self) -> Literal["openai", "anthropic"] | None:
        """LLM_PROVIDER, or the one that is configured (openai when both are); None when none is."""
        configured: dict[Literal["openai", "anthropic"], bool] = {
            "openai": bool(self.openai_api_key.get_secret_value() or self.openai_base_url),
            "anthropic": bool(self.anthropic_api_key.get_secret_value() or self.anthropic_base_url),
        }
        for name, is_there in configured.items():
            if is_there and self.llm_provider in {"", name}:
                return name
        return None

    @property
    def is_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")

    @property
    def broker_url(self) -> str:
        """Where messages to workers go; empty when there is no such place."""
        return self.celery_broker_url or self.redis_url

    @property
    def place_of_heavy_work(self) -> Literal["inprocess", "celery", "inline"]:
        """RUNNER, or what it is when nothing is said."""
        return self.runner or ("celery" if self.broker_url else "inprocess")

    @property
    def on_loopback(self) -> bool:
        return self.host in LOOPBACK_NAMES

    @property
    def private_hosts_allowed(self) -> bool:
        """ALLOW_PRIVATE_HOSTS, or what it is when nothing is said: whoever sits at the machine may reach its
        neighbours."""
        return self.on_loopback if self.allow_private_hosts is None else self.allow_private_hosts

    @property
    def encryption_keys(self) -> list[str]:
        """Fernet keys, newest first."""
        return [key.strip() for key in self.encryption_key.get_secret_value().split(",") if key.strip()]

    @property
    def host_allow_list(self) -> list[str]:
        """Host names (without port) that requests may name."""
        if self.allowed_hosts:
            return [name.strip().lower() for name in self.allowed_hosts.split(",") if name.strip()]
        own = urlsplit(self.public_url).hostname
        return [*LOOPBACK_NAMES, *([own.lower()] if own else [])]

    def ensure_secrets(self) -> None:
        """Make DATA_DIR (0700); outside production, generate missing secrets into it (0600)."""
        self.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.data_dir.chmod(0o700)
        if not self.secret_key.get_secret_value():
            self.secret_key = SecretStr(_generated(self.data_dir / "secret_key", secrets.token_urlsafe(48)))
        if not self.encryption_key.get_secret_value():
            self.encryption_key = SecretStr(
                _generated(self.data_dir / "encryption_key", Fernet.generate_key().decode())
            )


def _generated(path: Path, fresh: str) -> str:
    """The secret in `path`; written first, for this user's eyes only, when there is none."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(handle, "w") as file:
        file.write(fresh)
    return fresh


def load_settings() -> Settings:
    """Settings from the environment. Raises SettingsError with one sentence per problem."""
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsError(
            [f"{'.'.join(str(p) for p in e['loc']).upper()}: {e['msg']}" for e in error.errors()]
        ) from error


def tell_libraries(settings: Settings) -> None:
    """Pass on what a library reads from the environment only; it may have stood in an `.env`."""
    if settings.prometheus_multiproc_dir:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = settings.prometheus_multiproc_dir


_current: Settings | None = None


def use_settings(settings: Settings) -> None:
    """Make `settings` those of this process (start-up and tests)."""
    global _current
    _current = settings


def get_settings() -> Settings:
    """The settings of this process."""
    return _current if _current is not None else _from_environment()


@lru_cache(maxsize=1)
def _from_environment() -> Settings:
    return load_settings()
