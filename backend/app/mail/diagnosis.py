"""Looking whether mail can be read: Google's client, the address of the consent, each connected account.

Everything here may use the network, a few seconds for each call, so none of it may be called inside a transaction.
"""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

from app.core.clock import now
from app.core.errors import AppError
from app.core.findings import Finding, Level
from app.core.settings import Settings
from app.mail import connecting, connections
from app.mail.models import MailAccount, Provider
from app.mail.sources import SourceReauthRequired

TESTING_LIFE = timedelta(days=7)
_SKEW_WARN_S, _SKEW_FAIL_S = 30, 300
_GUIDE = "docs/gmail-setup.md tells how."
_RECONNECT = "Connect the account again under Mail & sync. Nothing that was read is lost."
_ACTIONS = {
    "gmail.api_disabled": "Enable the Gmail API in the Google project of your client, wait a minute and check again.",
    "gmail.client_invalid": f"Download the client's JSON from Google again and restart Jobtrail; {_GUIDE}",
    "gmail.reauth_required": _RECONNECT,
    "mail.reauth_required": _RECONNECT,
    "crypto.unreadable": "Set ENCRYPTION_KEY to the key that was used before, or connect the account again.",
    "mail.rate_limited": "Wait: syncs go on by themselves.",
    "gmail.refused": "Check again later; if it stays, connect the account again.",
}
_ADDRESS = "Check the server's name and port under Mail & sync; the provider's help names them."
_ACTIONS |= {
    "imap.login_failed": "Enter the password again under Mail & sync; most providers want an app password there.",
    "imap.host_unknown": _ADDRESS,
    "imap.refused": _ADDRESS,
    "imap.tls_failed": _ADDRESS,
    "imap.no_folder": "Choose other folders for this account under Mail & sync.",
}
_PASSING = {"mail.rate_limited", "mail.unavailable", "imap.timeout", "imap.busy"}
_UNREACHED = "Check this machine's network, then check again."


def check_client(settings: Settings, *, is_needed: bool) -> Finding:
    """Whether there is an OAuth client that can be read; without Gmail accounts none is needed."""
    from app.mail.gmail import oauth

    code = "google.client"
    try:
        config = oauth.client_config(settings)
    except AppError as error:
        return Finding(code, Level.FAIL, error.detail, _ACTIONS["gmail.client_invalid"])
    if config is not None:
        kind = "web application" if "web" in config else "desktop application"
        return Finding(code, Level.OK, f"Google's OAuth client is there and can be read (a {kind}).")
    sentence = "There is no Google OAuth client; Gmail can't be connected through Google."
    if is_needed:
        return Finding(code, Level.FAIL, sentence, f"Put its JSON at {settings.credentials_path}; {_GUIDE}")
    return Finding(code, Level.OK, f"{sentence} IMAP and archives need none.")


def check_redirect(settings: Settings, origin: str) -> Finding | None:
    """Whether Google will accept the address that we ask it to return people to; None without a client."""
    from app.mail.gmail import oauth

    try:
        config = oauth.client_config(settings)
    except AppError:
        return None
    if config is None:
        return None
    code, sent = "google.redirect", connecting.callback_address(settings, origin)
    if urlsplit(sent).scheme != "https" and not oauth.is_loopback(sent):
        return Finding(
            code,
            Level.FAIL,
            f"Google is told to return people to {sent}, and it does so over https only.",
            "Open the page on http://localhost, or set PUBLIC_URL to an https address.",
        )
    listed = [str(each) for each in (config.get("web") or config["installed"]).get("redirect_uris") or []]
    if sent in listed or ("installed" in config and oauth.is_loopback(sent)):
        return Finding(code, Level.OK, f"Google is told to return people to {sent}, as the client allows.")
    known = f"it names {', '.join(listed[:3])}" if listed else "it names none"
    return Finding(
        code,
        Level.WARN,
        f"Google is told to return people to {sent}, which the client's file does not name ({known}).",
        f"Add {sent} to the client's redirect addresses at Google, unless you have done so since you downloaded it.",
    )


def check_clock(settings: Settings) -> Finding | None:
    """How far this machine's clock is from Google's; None without a client, or when nobody answers."""
    from app.mail.gmail import checking

    skew = checking.clock_skew_s(settings)
    if skew is None:
        return None
    code, size = "clock", abs(round(skew))
    if size < _SKEW_WARN_S:
        return Finding(code, Level.OK, "This machine's clock agrees with Google's.")
    direction = "ahead of" if skew > 0 else "behind"
    level = Level.FAIL if size >= _SKEW_FAIL_S else Level.WARN
    return Finding(
        code,
        level,
        f"This machine's clock is {_duration(size)} {direction} Google's; tokens and waits go wrong by that.",
        "Set the clock, or turn on the system's time synchronisation.",
    )


def check_account(settings: Settings, account: MailAccount) -> list[Finding]:
    """Whether the mailbox of a connected account can be read right now. Nothing for archives."""
    if account.provider == Provider.ARCHIVE:
        return []
    reached = _reach(settings, account)
    if account.provider != Provider.GMAIL:
        return [reached]
    found = [reached, _check_scopes(account)]
    if reached.level is not Level.FAIL:
        found.append(_check_age(account))
    return found


def _reach(settings: Settings, account: MailAccount) -> Finding:
    """Open it with what is stored, which takes ten seconds or so at most."""
    code = f"{account.provider}.access"
    try:
        _call(settings, account)
    except AppError as error:
        level = Level.WARN if error.code in _PASSING else Level.FAIL
        action = _ACTIONS.get(error.code, _UNREACHED if level is Level.WARN else _RECONNECT)
        sentence = f"{account.address}: {error.detail.rstrip('.')}."
        return Finding(code, level, sentence, action, account.id)
    return Finding(code, Level.OK, f"{account.address} can be read.", None, account.id)


def _call(settings: Settings, account: MailAccount) -> None:
    """Raises what says why the mailbox can't be opened."""
    if account.provider != Provider.IMAP:
        connections.identify(settings, account)
        return
    from app.mail.imap.connecting import stored_access
    from app.mail.imap.probing import probe

    if account.needs_reauth:
        raise SourceReauthRequired
    probe(stored_access(settings, account), user_id=account.user_id)


def _check_scopes(account: MailAccount) -> Finding:
    from app.mail.gmail import oauth

    code = "gmail.scopes"
    if oauth.may_read(account.scopes):
        sentence = f"{account.address} was granted the permission to read mail."
        return Finding(code, Level.OK, sentence, None, account.id)
    return Finding(
        code,
        Level.FAIL,
        f"{account.address} was connected without the permission to read mail.",
        "Connect it again and leave the box for Gmail ticked.",
        account.id,
    )


def _check_age(account: MailAccount) -> Finding:
    code, since = "gmail.age", account.connected_at or account.created_at
    dies = since + TESTING_LIFE
    began = f"{account.address} was connected on {since:%-d %B %Y}"
    if dies <= now():
        return Finding(
            code, Level.OK, f"{began}; it has outlived the seven days of testing.", None, account.id
        )
    return Finding(
        code,
        Level.WARN if dies - now() < timedelta(days=2) else Level.OK,
        f"{began}; if your consent screen is in testing, Google ends this on {dies:%-d %B %Y at %H:%M} UTC.",
        f"Publish the app at Google (status: in production), then connect again; {_GUIDE}",
        account.id,
    )


def _duration(seconds: int) -> str:
    return f"{seconds} seconds" if seconds < 120 else f"{round(seconds / 60)} minutes"
