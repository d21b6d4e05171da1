"""What kind of place an IP address is, whatever it is dressed up as.

Ranges follow IANA's special-purpose registries (https://www.iana.org/assignments/iana-ipv4-special-registry,
https://www.iana.org/assignments/iana-ipv6-special-registry). Spelled out, because `ipaddress.is_global` differs
between versions of Python.
"""

from __future__ import annotations

import ipaddress
from enum import StrEnum

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class Reach(StrEnum):
    """Anywhere in the world; this machine or its own network; never a place to go to."""

    PUBLIC = "public"
    PRIVATE = "private"
    NEVER = "never"


def _networks(listed: str) -> tuple[_Network, ...]:
    return tuple(ipaddress.ip_network(each) for each in listed.split())


# Neighbours on the wire, groups, reserved blocks, and where clouds tell machines their secrets.
_NEVER = _networks(
    "169.254.0.0/16 224.0.0.0/4 240.0.0.0/4 100.100.100.200/32 168.63.129.16/32 192.0.0.192/32"
    " fe80::/10 ff00::/8 fd00:ec2::/32 fd20:ce::254/128"
)
_PRIVATE = _networks(
    "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.88.99.0/24"
    " 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24"
    " 2001::/23 2001:db8::/32 3fff::/20"
)
_WORLD_6 = ipaddress.IPv6Network("2000::/3")  # everything else is of special use
_SIX_TO_FOUR = ipaddress.IPv6Network("2002::/16")
# An IPv4 address in the last 32 bits: mapped, translated, compatible, NAT64 (RFC 6052) and local NAT64 (RFC 8215).
_CARRIERS = _networks("::ffff:0:0/96 ::ffff:0:0:0/96 ::/96 64:ff9b::/96")
_LOCAL_NAT64 = ipaddress.IPv6Network("64:ff9b:1::/48")


def reach_of(address: str) -> Reach:
    """The reach of an IP address as a resolver writes it; an address inside another one counts. Raises ValueError."""
    found = ipaddress.ip_address(address)
    if isinstance(found, ipaddress.IPv6Address):
        return _reach_of_6(found)
    return _listed(found) or Reach.PUBLIC


def reach_of_name(host: str) -> Reach | None:
    """The reach of a host that is an address or means this machine; None for a name that a resolver must know."""
    name = host.strip("[]").lower().rstrip(".")
    if name == "localhost" or name.endswith(".localhost"):
        return Reach.PRIVATE
    try:
        return reach_of(name)
    except ValueError:
        return None


def _reach_of_6(found: ipaddress.IPv6Address) -> Reach:
    number = int(found)
    if number in (0, 1):
        return Reach.PRIVATE
    if any(found in carrier for carrier in _CARRIERS):
        inner = _listed(ipaddress.IPv4Address(number & 0xFFFFFFFF)) or Reach.PUBLIC
        # Compatible addresses went out of use before anything public had one.
        return Reach.PRIVATE if inner is Reach.PUBLIC and number >> 32 == 0 else inner
    if found in _SIX_TO_FOUR:
        return _listed(ipaddress.IPv4Address(number >> 80 & 0xFFFFFFFF)) or Reach.PRIVATE
    if found in _LOCAL_NAT64:
        return _listed(ipaddress.IPv4Address(number & 0xFFFFFFFF)) or Reach.PRIVATE
    return _listed(found) or (Reach.PUBLIC if found in _WORLD_6 else Reach.PRIVATE)


def _listed(address: Address) -> Reach | None:
    for reach, networks in ((Reach.NEVER, _NEVER), (Reach.PRIVATE, _PRIVATE)):
        if any(address.version == network.version and address in network for network in networks):
            return reach
    return None
