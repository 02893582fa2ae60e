"""A18: whoever holds connections without asking, or hundreds of them, doesn't keep the others from being served."""

from __future__ import annotations

import contextlib
import socket
import sys
import time
from typing import TYPE_CHECKING

import pytest

from builders.collecting import ORIGIN, collecting
from toolkit.sitestats.adapters import door, serving

if TYPE_CHECKING:
    from pathlib import Path

    from builders.collecting import Collector


def closed_within(made: socket.socket, seconds: float) -> bool:
    """Whether the other side hangs up."""
    made.settimeout(seconds)
    try:
        while made.recv(4_096):
            pass
    except TimeoutError:
        return False
    except OSError:
        return True
    return True


def connect(collector: Collector, source: str = "127.0.0.1") -> socket.socket:
    return socket.create_connection(("127.0.0.1", collector.port), timeout=20, source_address=(source, 0))


def head(collector: Collector, length: int) -> bytes:
    lines = ["POST /t HTTP/1.1", f"Host: 127.0.0.1:{collector.port}", f"Origin: {ORIGIN}", f"Content-Length: {length}"]
    return "\r\n".join([*lines, "", ""]).encode()


@pytest.mark.parametrize("part", [b"", b"POST /t HT", b"POST /t HTTP/1.1\r\nHost: a\r\nX-A: "])
def test_a_head_that_never_ends_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: bytes) -> None:
    monkeypatch.setattr(serving, "HEAD_WITHIN", 0.3)
    with collecting(tmp_path) as collector, contextlib.closing(connect(collector)) as made:
        made.sendall(part)
        assert closed_within(made, 5)


def test_a_head_that_dribbles_on_a_kept_connection_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "HEAD_WITHIN", 0.4)
    with collecting(tmp_path) as collector, contextlib.closing(connect(collector)) as made:
        body = collector.message()
        made.sendall(head(collector, len(body)) + body)
        assert b" 204 " in made.recv(4_096)
        until = time.monotonic() + 5
        with contextlib.suppress(OSError):
            while time.monotonic() < until:
                made.sendall(b"P")
                time.sleep(0.05)
        assert time.monotonic() < until


def test_a_body_that_dribbles_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "BODY_WITHIN", 0.3)
    with collecting(tmp_path) as collector, contextlib.closing(connect(collector)) as made:
        made.sendall(head(collector, 400) + b"{")
        made.settimeout(5)
        assert b" 408 " in made.recv(4_096)
    assert not collector.told()


@pytest.mark.skipif(sys.platform != "linux", reason="127.0.0.2 is an address of this machine on Linux alone")
def test_hundreds_of_connections_of_one_address_leave_room_for_the_others(tmp_path: Path) -> None:
    with collecting(tmp_path) as collector, contextlib.ExitStack() as stack:
        for _ in range(900):
            stack.enter_context(contextlib.closing(connect(collector)))
        status, _, _ = collector.ask("POST", "/t", collector.message(), source="127.0.0.2")
        assert status == 204
    assert len(collector.told()) == 1


def test_the_number_of_connections_is_bounded_whoever_holds_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "MOST_CONNECTIONS", 20)
    monkeypatch.setattr(serving, "HEAD_WITHIN", 1.0)
    with collecting(tmp_path) as collector, contextlib.ExitStack() as stack:
        held = [stack.enter_context(contextlib.closing(connect(collector))) for _ in range(40)]
        assert sum(closed_within(made, 0.05) for made in held) >= 20
        time.sleep(1.1)
        assert collector.send() == 204
