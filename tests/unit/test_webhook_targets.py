"""Where webhooks may go, and where they never do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from api.webhooks.targets import (
    URL_MAX,
    AddressRefused,
    Targets,
    Unresolved,
    is_public,
    system_addresses,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from api.webhooks.targets import Resolve

PUBLIC = ["93.184.215.14", "8.8.8.8", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "2001:4860::8888"]
NOT_PUBLIC = [
    *("127.0.0.1", "127.255.0.9", "::1"),  # loopback
    *("10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "fd00::1"),  # private
    *("169.254.169.254", "fe80::1", "fe80::1%eth0"),  # link-local
    *("0.0.0.0", "0.1.2.3", "::"),  # noqa: S104 - unspecified, and never bound
    *("224.0.0.1", "233.252.0.1", "239.255.255.250", "ff02::1", "ff0e::1"),  # multicast
    *("100.64.0.1", "100.127.255.255"),  # carriers' NAT
    *("::ffff:127.0.0.1", "::ffff:8.8.8.8", "::ffff:a00:1", "::127.0.0.1"),  # IPv4 in IPv6
    *("64:ff9b::7f00:1", "64:ff9b::808:808", "64:ff9b:1::1"),  # NAT64
    *("2002:7f00:1::", "2001:0:7f00:1::", "192.88.99.1"),  # 6to4, Teredo
    *("255.255.255.255", "240.0.0.1", "192.0.0.8", "198.18.0.1", "192.0.2.1", "2001:db8::1"),
    *("3fff::1", "5f00::1", "4000::1", "192.0.0.171"),
    *("fec0::1", "", "nonsense"),
]
REFUSED = [
    "http://hooks.example.com/",
    "ftp://hooks.example.com/",
    "file:///etc/passwd",
    "hooks.example.com/x",
    "//hooks.example.com/x",
    "https://",
    "https:///x",
    "https://user@hooks.example.com/",
    "https://user:word@hooks.example.com/",
    "https://:@hooks.example.com/",
    "https://@hooks.example.com/",
    "https://hooks.example.com/#here",
    "https://hooks.example.com/#",
    "https://hooks.example.com:0/",
    "https://hooks.example.com:99999/",
    "https://hooks.example.com:x/",
    "https://hooks%2eexample.com/",
    "https://[fe80::1%25eth0]/",
    "https://[::1/",
    "https://ho oks.example.com/",
    "https://hooks.example.com/\r\nX-Evil: 1",
    "https://hooks.example.com/\x00",
    "https://hooks.example.com\\@evil.example/",
    f"https://hooks.example.com/{'x' * URL_MAX}",
    "",
]


def resolving(*addresses: str) -> Resolve:
    async def resolve(_host: str, _port: int) -> Sequence[str]:
        return addresses

    return resolve


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_known(address: str) -> None:
    """Those that anybody can reach."""
    assert is_public(address)


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_other_addresses_are_known(address: str) -> None:
    """Those that only this machine or its network can reach, in every form that they have."""
    assert not is_public(address)


@pytest.mark.parametrize("url", REFUSED)
def test_what_has_not_the_form_is_refused(url: str) -> None:
    """The reason says nothing of the address, which may hold a secret."""
    with pytest.raises(AddressRefused) as raised:
        Targets(allow_private=False).parse(url)

    assert "example" not in str(raised.value)


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://hooks.example.com", "https://hooks.example.com:443"),
        ("HTTPS://Hooks.Example.COM/Path?q=1", "https://hooks.example.com:443"),
        ("https://hooks.example.com:8443/", "https://hooks.example.com:8443"),
        ("https://h\u00f6ks.example/", "https://xn--hks-sna.example:443"),
        ("https://[2001:4860::8888]/", "https://2001:4860::8888:443"),
    ],
)
def test_what_is_slow_together_is_known(url: str, origin: str) -> None:
    """Scheme, host and port, however they are written."""
    assert Targets(allow_private=False).parse(url).origin == origin


def test_the_operator_may_allow_plain_http() -> None:
    """Together with private addresses: for receivers on the same machine."""
    assert Targets(allow_private=True).parse("http://127.0.0.1:8080/x").port == 8080


@pytest.mark.parametrize("private", ["127.0.0.1", "::1", "10.1.2.3", "::ffff:10.1.2.3"])
async def test_a_name_with_one_private_address_is_refused(private: str) -> None:
    """Whatever its others are: which one a connection would take is not for others to choose."""
    targets = Targets(allow_private=False, resolve=resolving("93.184.215.14", private))

    with pytest.raises(AddressRefused):
        await targets.checked("https://hooks.example.com/")


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.1", "0x7f000001", "[::1]"])
async def test_this_machine_is_refused_by_its_own_resolver(host: str) -> None:
    """In each way in which its address may be written."""
    with pytest.raises(AddressRefused):
        await Targets(allow_private=False).checked(f"https://{host}/")


async def test_the_machines_own_addresses_are_found_once() -> None:
    """Each address is listed once, however many kinds of sockets there are for it."""
    found = await system_addresses("127.0.0.1", 80)

    assert found == ["127.0.0.1"]


@pytest.mark.parametrize("for_now", [True, False])
async def test_a_name_that_cannot_be_looked_up_is_let_through_for_now_only(
    *, for_now: bool
) -> None:
    """Nothing is sent there without another look; a name that nobody knows is a mistake."""

    async def resolve(_host: str, _port: int) -> Sequence[str]:
        raise Unresolved(for_now=for_now)

    checked = Targets(allow_private=False, resolve=resolve).checked("https://hooks.example.com/")

    if for_now:
        assert (await checked).host == "hooks.example.com"
    else:
        with pytest.raises(AddressRefused):
            await checked
