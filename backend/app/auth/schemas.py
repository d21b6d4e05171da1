"""What comes in and goes out at the door."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    JsonValue,
    StringConstraints,
    model_validator,
)

from app.auth.models import KeyScope
from app.auth.passwords import MAX_LENGTH, MIN_LENGTH

PREFERENCE_BYTES = 4096
_LINE = r"^[^\x00-\x1f\x7f]*$"


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError) as error:
        raise ValueError("This is no time zone; Europe/Berlin would be one.") from error
    return name


def _is_text(value: Any) -> Any:
    """Pass what can be written down; JSON may carry halves of characters that nothing can store."""
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise ValueError("This is not readable text.") from error
    return value


def _small(value: JsonValue) -> JsonValue:
    if len(_is_text(json.dumps(value, ensure_ascii=False)).encode()) > PREFERENCE_BYTES:
        raise ValueError(f"A setting may take at most {PREFERENCE_BYTES} bytes.")
    return value


Line = Annotated[str, BeforeValidator(_is_text), StringConstraints(strip_whitespace=True, pattern=_LINE)]
Username = Annotated[
    str, BeforeValidator(_is_text), StringConstraints(min_length=1, max_length=64, pattern=r"^[\w.@+-]+$")
]
NewPassword = Annotated[
    str, BeforeValidator(_is_text), StringConstraints(min_length=MIN_LENGTH, max_length=MAX_LENGTH)
]
AnyPassword = Annotated[str, BeforeValidator(_is_text), StringConstraints(max_length=MAX_LENGTH)]
Address = Annotated[
    str,
    BeforeValidator(_is_text),
    StringConstraints(max_length=320, to_lower=True, pattern=r"^[^@\s\x00-\x1f]+@[^@\s\x00-\x1f]+$"),
]
Code = Annotated[str, BeforeValidator(_is_text), StringConstraints(max_length=64)]
TimeZone = Annotated[str, BeforeValidator(_is_text), Field(max_length=64), AfterValidator(_known_zone)]
Locale = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=16)]
Addresses = Annotated[list[Address], Field(max_length=50)]
PreferenceName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_.]{0,63}$")]
PreferenceValue = Annotated[JsonValue, AfterValidator(_small)]


class _Input(BaseModel):
    """Input refuses fields that it does not know: a misspelt one must not be lost in silence."""

    model_config = ConfigDict(extra="forbid")


class _Patch(_Input):
    """Only the fields that were sent change; null clears those that may be empty."""

    @model_validator(mode="after")
    def _no_null_where_needed(self) -> Self:
        for name in self.model_fields_set & {"time_zone", "locale", "own_addresses", "preferences"}:
            if getattr(self, name) is None:
                raise ValueError(f"{name} can't be null.")
        return self


class UserOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: int
    username: str
    email: str | None
    display_name: str | None
    is_admin: bool
    time_zone: str
    locale: str
    own_addresses: list[str]
    has_password: bool
    has_totp: bool
    has_google: bool
    google_email: str | None
    created_at: datetime


class RegisterIn(_Input):
    username: Username
    password: NewPassword
    setup_code: Annotated[str, BeforeValidator(_is_text), Field(max_length=64)] | None = None
    email: Address | None = None
    display_name: Annotated[Line, Field(max_length=200)] | None = None
    time_zone: TimeZone = "UTC"


class StatusOut(BaseModel):
    """What a page must know before anybody signed in; `google` is whether people may sign in with Google."""

    owner_exists: bool
    registration: Literal["open", "closed"]
    setup_code_required: bool
    google: bool
    authenticated: bool
    user: UserOut | None


class LoginIn(_Input):
    username: Annotated[str, BeforeValidator(_is_text), Field(max_length=64)]
    password: AnyPassword
    code: Code | None = None
    cookie: bool = False


class TokenOut(BaseModel):
    """`expires_in` is in seconds."""

    access_token: str
    token_type: Literal["bearer"] = "bearer"  # noqa: S105 (the name of a scheme)
    expires_in: int


class TicketOut(BaseModel):
    """A pass for one request, as `?token=`; `expires_in` is in seconds."""

    ticket: str
    expires_in: int


class PasswordIn(_Input):
    """`current_password` may be left out by who has none, having signed in with Google a moment ago."""

    current_password: AnyPassword | None = None
    new_password: NewPassword


class ConfirmIn(_Input):
    """The password, once more; left out by who has none, having signed in with Google a moment ago."""

    password: AnyPassword | None = None


class CodeIn(_Input):
    """What the authenticator app shows, or a recovery code."""

    code: Code


class TotpOut(BaseModel):
    """Whether 2-step login is on, and how many recovery codes are left."""

    enabled: bool
    recovery_codes_left: int


class TotpBegun(BaseModel):
    """For the authenticator app: `qr` is an SVG picture of `uri` as a data: address, `secret` is for typing."""

    secret: str
    uri: str
    qr: str


class RecoveryCodesOut(BaseModel):
    """Each stands in for the app once. This answer is the only time that they are shown."""

    recovery_codes: list[str]


class GoogleBegun(BaseModel):
    """Where to send this browser, and no other: the answer comes with a cookie that belongs to it."""

    url: str


class SessionOut(BaseModel):
    """One signed-in client; `current` is the one that asks."""

    id: int
    user_agent: str
    address: str
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    current: bool


class ApiKeyIn(_Input):
    name: Annotated[Line, Field(min_length=1, max_length=100)]
    scope: KeyScope = KeyScope.READ


class ApiKeyOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: int
    name: str
    hint: str
    scope: KeyScope
    created_at: datetime
    last_used_at: datetime | None


class ApiKeyMade(ApiKeyOut):
    """With the key itself, this once."""

    key: str


class MePatch(_Patch):
    email: Address | None = None
    display_name: Annotated[Line, Field(max_length=200)] | None = None
    time_zone: TimeZone | None = None
    locale: Locale | None = None
    own_addresses: Addresses | None = None


class SettingsOut(BaseModel):
    time_zone: str
    locale: str
    own_addresses: list[str]
    preferences: dict[str, JsonValue]


class SettingsPatch(_Patch):
    """`preferences` is merged by name; a null value removes one."""

    time_zone: TimeZone | None = None
    locale: Locale | None = None
    own_addresses: Addresses | None = None
    preferences: Annotated[dict[PreferenceName, PreferenceValue], Field(max_length=100)] | None = None
