"""No link leads the server into the intranet."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from gongkai.foundation.snapshots.guard import GuardedResolver, Refused, checked, is_allowed_private, is_public

INTERNAL = [
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "::127.0.0.1",
    "::8.8.8.8",
    "fec0::1",
]


@pytest.mark.parametrize("address", INTERNAL)
def test_internal_addresses(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "114.114.114.114", "2400:3200::1", "::ffff:8.8.8.8"])
def test_public_addresses(address):
    assert is_public(address)


@given(
    st.ip_addresses(network="10.0.0.0/8") | st.ip_addresses(network="fc00::/7") | st.ip_addresses(network="127.0.0.0/8")
)
def test_private_networks_whole(address):
    assert not is_public(str(address))


@pytest.mark.parametrize(
    "url",
    [
        "ftp://www.gov.cn/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "gopher://www.gov.cn/",
        "www.gov.cn/zhengce",
        "//www.gov.cn/",
        "",
        "http://",
        "http:///etc",
        "http://www.gov.cn:22/",
        "http://www.gov.cn:8080/",
        "http://www.gov.cn:99999/",
        "http://user:password@www.gov.cn/",
        "http://[::1",
        "http://127.1/",
        "http://2130706433/",
        "http://0177.0.0.1/",
        "http://127.0.0.1./",
        "http://１２７.0.0.1/",
        *(f"http://{address}/" for address in INTERNAL if ":" not in address),
        *(f"http://[{address}]/" for address in INTERNAL if ":" in address and "%" not in address),
    ],
)
def test_what_is_refused_before_any_name_is_resolved(url):
    with pytest.raises(Refused):
        checked(url, [])


@pytest.mark.parametrize("url", ["http://www.gov.cn/zhengce/", "https://www.gov.cn:443/", " http://8.8.8.8/ "])
def test_what_may_be_asked(url):
    assert checked(url, []).host


async def resolve(host, inner=None):
    return await GuardedResolver(private_ok=False, inner=inner).resolve(host, 80)


@pytest.mark.parametrize("host", ["localhost", "127.1", "2130706433", "0x7f.1", "017700000001"])
def test_names_and_spellings_of_this_machine_are_refused_when_resolved(host):
    with pytest.raises(Refused, match="内部地址"):
        asyncio.run(resolve(host))


def test_one_internal_address_among_public_ones_is_enough():
    """A name may answer with both; whichever is connected to must have been checked."""

    class Both:
        async def resolve(self, host, port, family):
            return [{"host": "8.8.8.8"}, {"host": "192.168.1.1"}]

    with pytest.raises(Refused, match=r"192\.168\.1\.1"):
        asyncio.run(resolve("www.gov.cn", Both()))


@pytest.mark.parametrize(
    ("url", "allowed", "may"),
    [
        ("http://10.1.1.1/", ["10.1.1.1"], True),
        ("https://10.1.1.1/", ["10.1.1.1"], True),
        ("http://10.1.1.1:8080/", ["10.1.1.1"], False),
        ("http://10.1.1.1:8080/", ["10.1.1.1:8080"], True),
        ("http://10.1.1.1/", ["10.1.1.1:8080"], False),
        ("http://10.1.1.2/", ["10.1.1.1"], False),
        ("http://oa.county.example/", ["OA.county.example"], True),
        ("http://oa.county.example.evil.example/", ["oa.county.example"], False),
        ("http://[fc00::1]:8080/", ["[fc00::1]:8080"], True),
        ("http://[fc00::1]/", ["fc00::1"], True),
    ],
)
def test_private_hosts_that_the_settings_name(url, allowed, may):
    assert is_allowed_private(URL(url), allowed) is may
