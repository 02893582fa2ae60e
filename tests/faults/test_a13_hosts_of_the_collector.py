"""A13, A14: the collector answers to its own names, and to pages of its own sites."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builders.collecting import ORIGIN, Collector, collecting

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def collector(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collector]:
    with collecting(tmp_path_factory.mktemp("collector"), urls=["https://dem.example:8443/s/"]) as found:
        yield found


def asked(collector: Collector, *lines: str, target: str = "/t") -> bytes:
    """The status line for a message with these header lines."""
    body = collector.message()
    head = [f"POST {target} HTTP/1.1", *lines, f"Origin: {ORIGIN}", f"Content-Length: {len(body)}", "Connection: close"]
    return collector.raw("\r\n".join([*head, "", ""]).encode() + body).partition(b"\r\n")[0]


@pytest.mark.parametrize(
    "host", ["evil.test", "127.0.0.1.evil", "127.0.0.1", "stats.example.evil.test", "", "stats.example:80", "a b", "/"]
)
def test_another_name_is_misdirected(collector: Collector, host: str) -> None:
    before = len(collector.told())
    assert asked(collector, f"Host: {host}").split()[1] in (b"421", b"400")
    assert len(collector.told()) == before


@pytest.mark.parametrize("host", ["stats.example", "STATS.example", "dem.example:8443"])
def test_its_public_names_are_its_own(collector: Collector, host: str) -> None:
    assert asked(collector, f"Host: {host}").split()[1] == b"204"


def test_no_host_two_hosts_and_an_address_in_the_request_line_are_refused(collector: Collector) -> None:
    before = len(collector.told())
    assert asked(collector).split()[1] in (b"400", b"421")
    assert asked(collector, "Host: stats.example", "Host: evil.test").split()[1] in (b"400", b"421")
    assert asked(collector, "Host: stats.example", target="http://evil.test/t").split()[1] in (b"400", b"404", b"421")
    assert len(collector.told()) == before


@pytest.mark.parametrize(
    "origin",
    [
        None,
        "null",
        "https://evil.test",
        "https://shop.example.evil.test",
        "https://shop.example:444",
        "shop.example",
        "",
    ],
)
def test_a_page_of_somebody_else_is_refused_and_nothing_is_kept(collector: Collector, origin: str | None) -> None:
    before = len(collector.told())
    status, headers, _ = collector.ask("POST", "/t", collector.message(), {"Origin": origin})
    assert status == 403
    assert "access-control-allow-origin" not in headers
    assert len(collector.told()) == before


def test_a_form_of_another_kind_is_refused(collector: Collector) -> None:
    for kind in ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
        assert collector.send(headers={"Content-Type": kind}) == 415


def test_pages_of_the_site_are_allowed_exactly(collector: Collector) -> None:
    status, headers, _ = collector.ask("OPTIONS", "/t")
    assert (status, headers["access-control-allow-origin"], headers["vary"]) == (204, ORIGIN, "Origin")
    assert "access-control-allow-credentials" not in headers
    assert collector.ask("OPTIONS", "/t", headers={"Origin": "https://evil.test"})[0] == 403


def test_nothing_is_set_in_the_visitors_browser(collector: Collector) -> None:
    for method, path in (("POST", "/t"), ("GET", "/t1.js"), ("GET", "/health")):
        status, headers, _ = collector.ask(method, path, collector.message() if method == "POST" else b"")
        assert status < 300
        assert not {"set-cookie", "etag", "server"} & headers.keys()
        assert headers["x-content-type-options"] == "nosniff"
