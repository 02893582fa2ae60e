"""A21, A25: whatever is sent, a message is one row, of texts that can be printed on one line."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from builders.collecting import HOST, ORIGIN, collecting

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli

NASTY = [
    "a\r\nb",
    "a\nGET / 200",
    "\x1b]0;x\x07",
    "\x1b[2J",
    "\u202egpj",
    "\u2028x",
    "a\x00b",
    "\x9b31m",
    "a\tb",
    "\ud800",
]


def test_a_message_is_one_row_without_signs_that_move_a_cursor(tmp_path: Path) -> None:
    with collecting(tmp_path) as collector:
        for nasty in NASTY:
            message = {
                "s": collector.key, "k": "event", "p": f"/{nasty}?utm_source={nasty}&utm_campaign={nasty}",
                "r": f"https://x.example/{nasty}", "n": f"x{nasty}",
            }  # fmt: skip
            assert collector.send(json.dumps(message).encode()) == 204
            quoted = "".join(f"%{byte:02x}" for byte in nasty.encode(errors="surrogatepass"))
            assert collector.send(json.dumps({**message, "p": f"/{quoted}?utm_source={quoted}"}).encode()) == 204
    rows = collector.told()
    assert len(rows) == 2 * len(NASTY)
    for told in rows:
        for text in (told.path, told.referrer, told.name, told.agent, told.host, told.marks):
            assert text.isprintable(), told
    assert collector.take() == 2 * len(NASTY)
    for table in ("hits", "agents", "referrers", "campaigns"):
        for row in collector.rows(f"SELECT * FROM {table}"):
            assert all(value.isprintable() for value in row if isinstance(value, str)), row


def test_an_agent_with_signs_in_it_is_kept_as_text(tmp_path: Path) -> None:
    with collecting(tmp_path) as collector:
        body = collector.message()
        head = (
            f"POST /t HTTP/1.1\r\nHost: 127.0.0.1:{collector.port}\r\nOrigin: {ORIGIN}\r\n"
            f"User-Agent: a\xc2\x9b31m\tb\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        )
        assert b" 204 " in collector.raw(head.encode("latin-1") + body)
    assert [told.agent.isprintable() for told in collector.told()] == [True]


def test_what_is_said_at_the_end_holds_nothing_of_what_was_sent(tmp_path: Path, cli: Cli) -> None:
    with collecting(tmp_path) as collector:
        for nasty in NASTY:
            collector.send(json.dumps({"s": nasty, "k": nasty, "p": nasty}).encode())
    told = collector.ended[0]
    assert set(told.refused) <= {"unreadable", "too_much"}
    assert told.kept == 0


def test_queries_names_and_fragments_are_not_kept(tmp_path: Path) -> None:
    with collecting(tmp_path) as collector:
        secret = "bi-mat-0912345678"
        collector.send(
            path=f"/a?email={secret}&utm_source=zalo#{secret}", r=f"https://u:{secret}@x.example/b?q={secret}#x"
        )
        collector.send(kind="link", n=f"https://{HOST}/c?token={secret}#{secret}")
    assert len(collector.told()) == 2
    for file in collector.site.folder.rglob("*"):
        assert not file.is_file() or secret.encode() not in file.read_bytes(), file
    collector.take()
    for file in collector.site.folder.rglob("*"):
        assert not file.is_file() or not re.search(secret.encode(), file.read_bytes()), file
