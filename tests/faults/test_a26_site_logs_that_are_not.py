"""A26 and its like in a site's logs: bytes that are no log, lines that keep a reader busy, formats mixed in one."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING

import pytest

from toolkit.sitestats.classify.agents import classify_agent
from toolkit.sitestats.classify.sources import marks, of_agent, of_referrer
from toolkit.sitestats.formats import LineReader, find_format

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli
    from toolkit.sitestats.model import FormatName

NOW = 1_795_348_800
TODAY = "--today=2026-11-22"
AGENT = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/128.0.0.0 Safari/537.36"
COMMON = '203.0.113.7 - - [20/Nov/2026:08:00:00 +0700] "GET / HTTP/1.1" 200 1000'
COMBINED = f'{COMMON} "-" "{AGENT}"'
JSON_LINE = '{"time_iso8601":"2026-11-20T08:00:00+07:00","remote_addr":"203.0.113.7","request":"GET / HTTP/1.1","status":"200","body_bytes_sent":"1000"}'  # noqa: E501 - one line of a log
FORMATS: tuple[FormatName, ...] = ("combined", "common", "vhost", "caddy", "nginx-json", "iis", "cloudfront")
UNITS = [
    *("\\", '"', "\\x", '\\"', "[", "(", " ", "\t", ":", "%", "%25", "a.", "1.1.", "::", "/..", "Mozilla/5.0 (", "; "),
    *('{"a":', "[[", "bot-", "Android ", "Chrome/1", "http://", "&utm_source=a", "=", "xn--", "é", "😀"),
]


@pytest.mark.parametrize("unit", UNITS)
def test_no_line_keeps_a_reader_busy(unit: str) -> None:
    text = (unit * 60_000)[:60_000]
    shapes = [text, f"203.0.113.7 - - {text}", COMMON[:55] + text, f'{COMMON} "{text}" "-"', f'{COMMON} "-" "{text}"']
    for name in FORMATS:
        reader = LineReader(name, NOW)
        for line in shapes:
            began = time.perf_counter()
            reader.read(line)
            assert time.perf_counter() - began < 1
    for judge in (classify_agent, of_referrer, marks, of_agent):
        began = time.perf_counter()
        judge(text)
        judge(f"https://{text}")
        assert time.perf_counter() - began < 1
    began = time.perf_counter()
    find_format([text] * 20, NOW)
    assert time.perf_counter() - began < 3


@pytest.mark.parametrize("seed", range(4))
def test_bytes_of_anything_are_refused_in_words(cli: Cli, tmp_path: Path, seed: int) -> None:
    path = tmp_path / "a.log"
    path.write_bytes(
        (b"\x7fELF", b"\x89PNG\r\n", b"PK\x03\x04", b"\xff\xfe")[seed] + random.Random(seed).randbytes(200_000)
    )
    ran = cli("sitestats", "report", path, "--json", TODAY)
    assert ran.exit_code == 3
    expected = "sitestats.utf16_log" if seed == 3 else "sitestats.not_a_log"  # its first two bytes say so
    assert [one["code"] for one in ran.json["problems"]] == [expected]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
def test_a_log_that_powershell_has_written_again_is_refused_with_the_way_out(
    cli: Cli, tmp_path: Path, encoding: str
) -> None:
    path = tmp_path / "a.log"
    path.write_bytes((b"\xfe\xff" if encoding.endswith("be") else b"") + f"{COMBINED}\n".encode(encoding) * 30)
    ran = cli("sitestats", "report", path, TODAY)
    assert ran.exit_code == 3
    assert "UTF-16" in ran.stderr
    assert "-Encoding utf8" in ran.stderr


def test_binary_in_the_middle_of_a_log_costs_only_its_own_lines(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "a.log"
    garbage = random.Random(1).randbytes(20_000).replace(b"\n", b"")
    path.write_bytes(f"{COMBINED}\n".encode() * 50 + garbage + b"\n" + f"{COMBINED}\n".encode() * 50)
    totals = cli("sitestats", "report", path, "--json", TODAY).json["data"]["totals"]
    assert (totals["valid"], totals["rejected"]) == (100, 1)


def test_a_greeting_of_tls_sent_to_a_plain_port_is_a_request_that_failed_and_no_page(cli: Cli, tmp_path: Path) -> None:
    tls = COMBINED.replace("GET / HTTP/1.1", r"\x16\x03\x01\x02\x00\x01\x00\x01\xFC\x03\x03").replace(" 200 ", " 400 ")
    raw = (
        COMMON.encode().replace(b"GET / HTTP/1.1", b"\x16\x03\x01\x00\xee\x01").replace(b" 200 ", b" 400 ")
        + b' "-" "-"'
    )
    path = tmp_path / "a.log"
    path.write_bytes(f"{COMBINED}\n".encode() * 8 + f"{tls}\n".encode() + raw + b"\n")
    data = cli("sitestats", "report", path, "--json", TODAY).json["data"]
    assert data["totals"]["requests"] == 10
    assert data["totals"]["page_views"] == 8
    assert [row["path"] for row in data["pages"]] == ["/"]
    assert data["statuses"].get("400", 0) + data["totals"]["rejected"] == 2


@pytest.mark.parametrize("other", [COMMON, JSON_LINE])
def test_a_log_whose_format_changes_is_read_on(cli: Cli, tmp_path: Path, other: str) -> None:
    path = tmp_path / "a.log"
    path.write_text(f"{COMBINED}\n" * 600 + f"{other}\n" * 300, "utf-8")
    ran = cli("sitestats", "report", path, "--json", TODAY)
    totals = ran.json["data"]["totals"]
    assert (totals["valid"], totals["rejected"]) == (900, 0)
    assert ran.exit_code == 0
