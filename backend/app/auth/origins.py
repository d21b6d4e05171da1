"""Where a request comes from: our own page, a page that CORS_ORIGINS trusts, this machine, or elsewhere."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from app.core.settings import LOOPBACK_NAMES, Settings


def is_own_origin(settings: Settings, origin: str, host: str) -> bool:
    """Whether a page at `origin` may change things at the `host` that the request names.

    The scheme is not compared: behind a proxy that ends TLS the request arrives by http.
    """
    origin = origin.rstrip("/").lower()
    if origin in {trusted.rstrip("/").lower() for trusted in settings.cors_origins}:
        return True
    try:
        parts = urlsplit(origin)
        public = urlsplit(settings.public_url.lower())
    except ValueError:
        return False
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        return False
    return parts.netloc == host.lower() or (parts.scheme, parts.netloc) == (public.scheme, public.netloc)


def is_loopback_host(host: str) -> bool:
    """Whether a Host header (with or without port) names this machine."""
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return False
    return name in LOOPBACK_NAMES


def is_local_request(address: str, host: str, *, forwarded: bool) -> bool:
    """Whether the person sits at this machine: loopback address and name, and no proxy in between."""
    try:
        from_here = ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
    return from_here and is_loopback_host(host) and not forwarded
