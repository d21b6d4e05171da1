"""An address is judged by where it leads, whatever it is dressed up as."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.addresses import Reach, reach_of, reach_of_name

PUBLIC = (
    "8.8.8.8 1.1.1.1 93.184.216.34 2606:4700::1111 2a00:1450::1 ::ffff:8.8.8.8 64:ff9b::8.8.8.8 172.32.0.1"
)
PRIVATE = (
    "127.0.0.1 127.255.255.254 0.0.0.0 10.1.2.3 172.16.0.1 172.31.255.255 192.168.1.1 100.64.0.1 100.127.255.255"
    " 192.0.0.1 192.0.2.1 198.18.0.1 198.51.100.7 203.0.113.9 192.88.99.1 0.1.2.3"
    " :: ::1 fc00::1 fdff::1 fec0::1 2001:db8::1 2001::1 2001:10::1 100::1 5f00::1 3fff::1"
    " ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:0:127.0.0.1 ::127.0.0.1 ::8.8.8.8 64:ff9b::192.168.1.1"
    " 64:ff9b:1::10.0.0.1 64:ff9b:1::8.8.8.8 2002:7f00:1:: 2002:c0a8:101::1 2002:808:808::"
)
NEVER = (
    "169.254.169.254 169.254.0.1 100.100.100.200 168.63.129.16 192.0.0.192 224.0.0.1 239.1.1.1 240.0.0.1"
    " 255.255.255.255 fe80::1 febf::1 ff02::1 fd00:ec2::254 fd20:ce::254 ::ffff:169.254.169.254"
    " 64:ff9b::169.254.169.254 2002:a9fe:a9fe::1 64:ff9b:1::169.254.169.254"
)


@pytest.mark.parametrize(
    ("listed", "reach"), [(PUBLIC, Reach.PUBLIC), (PRIVATE, Reach.PRIVATE), (NEVER, Reach.NEVER)]
)
def test_reach_of_known_addresses(listed: str, reach: Reach) -> None:
    assert {address: reach_of(address) for address in listed.split()} == dict.fromkeys(listed.split(), reach)


@given(st.ip_addresses(v=4))
def test_what_is_not_global_is_not_public(address: ipaddress.IPv4Address) -> None:
    if not address.is_global or address.is_multicast:
        assert reach_of(str(address)) is not Reach.PUBLIC


@given(st.ip_addresses(v=6))
def test_what_is_not_global_is_not_public_6(address: ipaddress.IPv6Address) -> None:
    if not address.is_global and reach_of(str(address)) is Reach.PUBLIC:
        assert address.ipv4_mapped is not None or address in ipaddress.IPv6Network("64:ff9b::/96")


@given(st.ip_addresses(v=4))
def test_wrapping_an_address_makes_it_no_more_public(address: ipaddress.IPv4Address) -> None:
    number = int(address)
    plain = reach_of(str(address))
    for wrapped in (
        0xFFFF << 32 | number,
        0xFFFF << 48 | number,
        0x64FF9B << 96 | number,
        0x2002 << 112 | number << 80,
    ):
        found = reach_of(str(ipaddress.IPv6Address(wrapped)))
        assert found is plain or (plain is Reach.PUBLIC and found is Reach.PRIVATE)


@pytest.mark.parametrize(
    ("name", "reach"),
    [
        ("localhost", Reach.PRIVATE),
        ("LOCALHOST.", Reach.PRIVATE),
        ("api.localhost", Reach.PRIVATE),
        ("[::1]", Reach.PRIVATE),
        ("169.254.169.254", Reach.NEVER),
        ("8.8.8.8", Reach.PUBLIC),
        ("example.com", None),
        ("127.1", None),  # no address in its usual spelling: the resolver tells, and then it is one
        ("", None),
    ],
)
def test_reach_of_names(name: str, reach: Reach | None) -> None:
    assert reach_of_name(name) is reach
