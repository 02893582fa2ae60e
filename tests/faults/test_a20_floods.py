"""A20: what is too large, too deep, no text, or too much is refused; memory stays where it was."""

from __future__ import annotations

import http.client
import json
import socket
import time
from typing import TYPE_CHECKING

import psutil
import pytest

from builders.collecting import ORIGIN, PHONE, Collector, collecting
from toolkit.sitestats.adapters import door
from toolkit.sitestats.beacon.guards import Limiter

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        (b"[" * 4_000, 400),
        (b'{"s":' * 800, 400),
        (b"\xff\xfe\x00", 400),
        (b"{}", 400),
        (b"", 400),
        (b"null", 400),
        (b'{"s":1,"k":"view","p":"/"}', 400),
        (b"x" * 4_097, 413),
    ],
    ids=["deep list", "deep object", "no text", "empty object", "nothing", "null", "number", "one byte too many"],
)
def test_what_is_no_message_is_refused(tmp_path: Path, raw: bytes, status: int) -> None:
    with collecting(tmp_path) as collector:
        assert collector.send(raw) == status
    assert not collector.told()


def test_a_message_of_another_site_or_kind_is_refused(tmp_path: Path) -> None:
    with collecting(tmp_path) as collector:
        assert collector.send(site="somebody-else") == 400
        assert collector.send(kind="purchase") == 400
        assert collector.send(path="no-slash") == 400
        assert collector.send(kind="event") == 400
        assert collector.send(kind="event", n="   ") == 400
        assert collector.send(kind="link", n="javascript:alert(1)") == 400
    assert not collector.told()


def opening(collector: Collector, length: str) -> bytes:
    """The head of a message."""
    lines = ["POST /t HTTP/1.1", f"Host: 127.0.0.1:{collector.port}", f"Origin: {ORIGIN}", length, "", ""]
    return "\r\n".join(lines).encode()


def test_a_body_of_a_megabyte_is_not_read(tmp_path: Path) -> None:
    with collecting(tmp_path) as collector:
        head = opening(collector, "Content-Length: 1048576")
        with socket.create_connection(("127.0.0.1", collector.port), timeout=20) as made:
            made.sendall(head)
            assert b" 413 " in made.recv(200)


def test_a_body_without_a_length_and_without_an_end_is_cut_off(tmp_path: Path) -> None:
    with collecting(tmp_path) as collector:
        head = opening(collector, "Transfer-Encoding: chunked")
        with socket.create_connection(("127.0.0.1", collector.port), timeout=20) as made:
            made.sendall(head)
            made.sendall(b"1000\r\n" + b"x" * 0x1000 + b"\r\n10\r\n" + b"x" * 16 + b"\r\n")
            assert b" 413 " in made.recv(200)
    assert not collector.told()


def flood(collector: Collector, n: int, *, agents: int = 1) -> list[int]:
    """Statuses of so many messages over one connection."""
    made = http.client.HTTPConnection("127.0.0.1", collector.port, timeout=20)
    statuses = []
    for number in range(n):
        headers = {"Origin": ORIGIN, "User-Agent": f"{PHONE} {number % agents}", "Content-Type": "text/plain"}
        made.request("POST", "/t", collector.message(), headers)
        answer = made.getresponse()
        answer.read()
        statuses.append(answer.status)
    made.close()
    return statuses


def test_one_visitor_who_sends_without_end_is_told_to_wait_and_memory_stays(tmp_path: Path) -> None:
    with collecting(tmp_path) as collector:
        flood(collector, 100)
        before = psutil.Process().memory_info().rss
        statuses = flood(collector, 1_500)
        grown = psutil.Process().memory_info().rss - before
    assert set(statuses) == {204, 429} or set(statuses) == {429}
    assert statuses.count(429) > 1_400
    assert grown < 20_000_000
    assert collector.ended[0].refused["too_much"] >= statuses.count(429)


def test_another_name_for_oneself_does_not_help_for_long(tmp_path: Path) -> None:
    with collecting(tmp_path) as collector:
        statuses = flood(collector, 900, agents=900)
    assert 300 < statuses.count(204) < 700


def test_whoever_is_told_to_wait_is_told_how_long(tmp_path: Path) -> None:
    with collecting(tmp_path) as collector:
        flood(collector, 100)
        status, headers, _ = collector.ask("POST", "/t", collector.message(), {"User-Agent": f"{PHONE} 0"})
    assert (status, headers["retry-after"]) == (429, "30")


def test_more_than_the_disk_can_take_is_told_to_come_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "MOST_WAITING", 0)
    with collecting(tmp_path) as collector:
        status, headers, _ = collector.ask("POST", "/t", collector.message())
    assert (status, headers["retry-after"]) == (503, "30")
    assert collector.ended[0].refused == {"busy": 1}


def test_the_table_of_addresses_is_bounded_and_forgets_the_oldest() -> None:
    limiter = Limiter(1, 2, 100)
    for key in range(10_000):
        assert limiter.allows(key, 0)
    assert len(limiter) == 100
    assert limiter.allows(9_999, 0)
    assert not limiter.allows(9_999, 0)
    assert limiter.allows(9_999, 1)


def test_a_hostile_message_is_read_quickly() -> None:
    from toolkit.sitestats.beacon.message import read_message

    begun = time.process_time()
    for path in ("/" + "%" * 1_900, "/?" + "utm_source=a&" * 150, "/" + "a/" * 900, "/\\" * 900):
        for referrer in ("http://" + "[" * 1_000, "http://" + "a." * 400, "http://@" * 100):
            read_message(json.dumps({"s": "x", "k": "link", "p": path[:2_000], "r": referrer, "n": referrer}).encode())
    assert time.process_time() - begun < 1
