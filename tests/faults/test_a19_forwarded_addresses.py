"""A19: whoever writes X-Forwarded-For into a message is one visitor all the same; a trusted proxy is believed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builders.collecting import collecting
from toolkit.core.errors import UsageError
from toolkit.sitestats.beacon.guards import read_network, visitor_address

if TYPE_CHECKING:
    from pathlib import Path


def test_a_spoofed_address_is_counted_as_one_visitor(tmp_path: Path) -> None:
    with collecting(tmp_path) as collector:
        for number in range(12):
            assert collector.send(headers={"X-Forwarded-For": f"203.0.113.{number}"}) == 204
    assert len({told.visitor for told in collector.told()}) == 1
    assert len(collector.told()) == 12


def test_behind_a_trusted_proxy_each_address_is_a_visitor_and_what_it_wrote_itself_is_not_believed(
    tmp_path: Path,
) -> None:
    with collecting(tmp_path, proxies=["127.0.0.1"]) as collector:
        for address in ("203.0.113.1", "203.0.113.2", "8.8.8.8, 203.0.113.1", "203.0.113.2:4711"):
            assert collector.send(headers={"X-Forwarded-For": address}) == 204
        assert collector.send(headers={"X-Forwarded-For": "[2001:db8::1]:4711"}) == 204
    assert len({told.visitor for told in collector.told()}) == 3


@pytest.mark.parametrize(
    ("peer", "forwarded", "counts"),
    [
        ("203.0.113.9", ["198.51.100.1"], "203.0.113.9"),
        ("10.0.0.1", ["198.51.100.1"], "198.51.100.1"),
        ("10.0.0.1", ["6.6.6.6, 198.51.100.1, 10.0.0.2"], "198.51.100.1"),
        ("10.0.0.1", ["6.6.6.6", "198.51.100.1"], "198.51.100.1"),
        ("10.0.0.1", ["198.51.100.1, unknown"], "10.0.0.1"),
        ("10.0.0.1", ["10.0.0.3, 10.0.0.2"], "10.0.0.3"),
        ("10.0.0.1", [], "10.0.0.1"),
        ("10.0.0.1", [""], "10.0.0.1"),
        ("::ffff:10.0.0.1", ["198.51.100.1"], "198.51.100.1"),
        ("10.0.0.1", ["1.2.3.4, " * 5_000 + "198.51.100.1"], "198.51.100.1"),
    ],
)
def test_the_chain_is_read_from_its_end(peer: str, forwarded: list[str], counts: str) -> None:
    network = read_network("10.0.0.0/8")
    assert network is not None
    assert visitor_address(peer, forwarded, [network]) == counts


def test_what_is_no_range_of_addresses_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="not_a_network"), collecting(tmp_path, proxies=["everyone"]):
        pass
