"""From lines to rows: the quick way means what the exact way means, no line is lost or doubled, addresses are gone."""

from __future__ import annotations

import gzip
from collections import Counter
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from toolkit.sitestats.adapters import fast
from toolkit.sitestats.adapters import ingest as module
from toolkit.sitestats.adapters.database import open_database
from toolkit.sitestats.adapters.fast import CHUNK_TABLE, pieces_of, read_quickly
from toolkit.sitestats.adapters.files import Trouble, read_chunks
from toolkit.sitestats.adapters.ingest import Ingest
from toolkit.sitestats.formats import LineReader
from toolkit.sitestats.formats.quoted import request_parts
from toolkit.sitestats.model import Request

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from duckdb import DuckDBPyConnection

NOW = int(datetime(2026, 11, 22, 12, tzinfo=UTC).timestamp())


@contextmanager
def database(folder: Path) -> Iterator[DuckDBPyConnection]:
    with open_database(folder / "site.duckdb", folder) as connection:
        yield connection


def rows(connection: DuckDBPyConnection, sql: str) -> list[Any]:
    return connection.execute(sql).fetchall()


# Parts that fit, and parts that nearly do: most lines have one wrong piece at most.
ADDRESS = st.sampled_from(
    ["203.0.113.7", "::1", "2001:db8::a", "1.2.3", "khach.vn", "300.1.1.1", "-", "1.2.3.4.5", "a:b"],
)
CLOCK = st.sampled_from(
    [
        *("20/Nov/2026:13:55:36 +0700", "20/Nov/2026:13:55:36 -0330", "31/Feb/2026:13:55:36 +0700"),
        *("20/NOV/2026:13:55:36 +0700", "20/Nov/2026:24:55:36 +0700", "20/Nov/2026:13:55:60 +0700"),
        *("01/Jan/1980:00:00:00 +0000", "20/Nov/2031:13:55:36 +0700", "20/Nov/2026:13:55:36 +1600"),
        *("20/Nov/2026:13:55:36", "1/Nov/2026:13:55:36 +0700"),
    ]
)
REQUEST = st.sampled_from(
    [
        *("GET / HTTP/1.1", "POST /a?b=c HTTP/2", "get / HTTP/1.1", "GET /a b HTTP/1.1", "-", "", r"\x16\x03", "GET /"),
        *("G / HTTP/1.1", "GET / HTTP/1.12", "PROPFIND /x HTTP/1.0", "GET /giá HTTP/1.1", "GET  / HTTP/1.1"),
    ]
)
NUMBERS = st.sampled_from(
    ["200 12", "200 -", "99 12", "600 12", "200 1e3", "200 +5", "200  12", "- -", "200 " + "9" * 16, "404 0"],
)
TAIL = st.sampled_from(
    [
        *(' "-" "-"', ' "https://a.vn/" "Moz 5"', ' "" ""', ' "-" "-" 0.2', ' "-"', "", ' "a\\"b" "-"', ' "-"  "-"'),
        *(' "-" "-"\r', "\r"),
    ]
)
LINE = st.one_of(
    st.builds(lambda a, c, r, n, t: f'{a} - - [{c}] "{r}" {n}{t}', ADDRESS, CLOCK, REQUEST, NUMBERS, TAIL),
    st.builds(lambda a, t: f'shop.vn:80 {a} - - [20/Nov/2026:13:55:36 +0700] "GET / HTTP/1.1" 200 5{t}', ADDRESS, TAIL),
    st.text(alphabet=st.characters(exclude_characters="\n\0", exclude_categories=["Cs"]), max_size=40),
)


@pytest.mark.parametrize("name", ["combined", "common", "vhost"])
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=st.lists(LINE, min_size=1, max_size=40), size=st.sampled_from([1, 90, 1 << 16]))
def test_the_quick_way_means_what_the_exact_way_means(name: Any, lines: list[str], size: int) -> None:
    import duckdb

    with patch.object(fast, "PIECE", size):
        pieces = pieces_of("\n".join(lines))
    assert "\n".join(pieces) == "\n".join(lines)
    with duckdb.connect() as connection:
        connection.execute(CHUNK_TABLE)
        odd = read_quickly(connection, name, pieces, place=0, latest=NOW + 86_400)
        quick = rows(connection, "SELECT * EXCLUDE place FROM chunk")
        places = [place for (place,) in rows(connection, "SELECT place FROM chunk")] + [place for place, _ in odd]
    assert len(set(places)) == len(lines)
    assert 0 < min(places) <= max(places) <= len("\n".join(lines)) + 1
    left = Counter(line for _, line in odd)
    reader = LineReader(name, NOW)
    taken = Counter(lines) - left
    assert sum(taken.values()) == len(quick)
    exact = [found for line, times in taken.items() for found in [reader.read(line)] * times]
    assert all(isinstance(found, Request) for found in exact)
    meant = Counter((address, at, *request_parts(asked), *rest) for address, at, _, asked, *rest in quick)
    assert Counter(tuple(found) for found in exact if isinstance(found, Request)) == meant


def test_lines_of_the_usual_shape_go_the_quick_way() -> None:
    import duckdb

    line = '203.0.113.7 - - [20/Nov/2026:13:55:36 +0700] "GET /a?b=c HTTP/2.0" 200 5 "https://a.vn/" "Moz (X11)"'
    for name, one in (("combined", line), ("common", line.partition(' "https')[0]), ("vhost", f"shop.vn:443 {line}")):
        with duckdb.connect() as connection:
            connection.execute(CHUNK_TABLE)
            assert read_quickly(connection, name, [one, one], place=7, latest=NOW) == []  # type: ignore[arg-type]
            assert rows(connection, "SELECT place FROM chunk ORDER BY place") == [(8,), (9 + len(one),)]


def lines_of(n: int) -> list[str]:
    begin = datetime(2026, 11, 20, 16, 50, tzinfo=UTC)
    return [
        f"203.0.113.{k % 50} - - [{begin + timedelta(seconds=k):%d/%b/%Y:%H:%M:%S} +0000]"
        f' "GET /p{k % 7} HTTP/1.1" 200 {k} "-" "Agent {k % 3}"'
        for k in range(n)
    ]


def test_every_line_is_a_request_or_a_reject(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SETTLED_AT", 700)
    lines = lines_of(2_000)
    for place in range(0, 2_000, 10):
        lines[place] = "hỏng"
    log = tmp_path / "access.log"
    log.write_text("\n".join(lines), "utf-8")  # no end of the last line
    with database(tmp_path) as connection:
        taken = Ingest(connection, zone="Asia/Ho_Chi_Minh", now=NOW).file(log, name="combined")
        assert (taken.lines, taken.rejected) == (2_000, Counter(no_time=200))
        assert rows(connection, "SELECT count(*), sum(size) FROM hits") == [
            (1_800, sum(k for k in range(2_000) if k % 10))
        ]
        # 16:50 UTC is 23:50 in Vietnam: the day is cut there
        assert rows(connection, "SELECT day::VARCHAR, count(*) FROM hits GROUP BY 1 ORDER BY 1") == [
            ("2026-11-20", 540), ("2026-11-21", 1_260),
        ]  # fmt: skip


def test_addresses_and_queries_are_nowhere_in_the_file(tmp_path: Path) -> None:
    log = tmp_path / "access.log"
    asked = "GET /a?sdt=0903123456&utm_source=zalo HTTP/1.1"
    secret = f'198.51.100.77 - hoa [20/Nov/2026:13:55:36 +0700] "{asked}" 200 1 "-" "x"'
    log.write_text(f"{secret}\n", "utf-8")
    with database(tmp_path) as connection:
        Ingest(connection, zone="UTC", now=NOW).file(log, name="combined")
        assert rows(connection, "SELECT path FROM hits") == [("/a",)]
        assert rows(connection, "SELECT source FROM campaigns") == [("Zalo",)]
        connection.execute("CHECKPOINT")
    kept = (tmp_path / "site.duckdb").read_bytes()
    assert b"198.51.100.77" not in kept
    assert b"0903123456" not in kept


def test_a_visitor_is_another_one_on_another_day_and_with_another_salt(tmp_path: Path) -> None:
    log = tmp_path / "access.log"
    line = '198.51.100.77 - - [{}/Nov/2026:13:55:36 +0700] "GET / HTTP/1.1" 200 1 "-" "x"\n'
    log.write_text(line.format(19) + line.format(20) * 2, "utf-8")
    seen = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        with database(tmp_path / name) as connection:
            Ingest(connection, zone="Asia/Ho_Chi_Minh", now=NOW).file(log, name="combined")
            seen += [visitor for (visitor,) in rows(connection, "SELECT DISTINCT visitor FROM hits")]
    assert len(set(seen)) == 4


def test_packed_and_plain_and_several_parts_are_the_same_lines(tmp_path: Path) -> None:
    text = "\n".join(lines_of(500)).encode() + b"\n"
    (tmp_path / "a.log").write_bytes(text)
    (tmp_path / "a.gz").write_bytes(gzip.compress(text[:9_999]) + gzip.compress(text[9_999:]))
    for size in (1 << 20, 64, 1_000):
        for name in ("a.log", "a.gz"):
            chunks = list(read_chunks(tmp_path / name, size=size))
            assert "\n".join(chunk.text for chunk in chunks).encode() + b"\n" == text
            assert chunks[-1].size == len(text)


def test_a_packed_file_that_is_cut_off_gives_what_is_there(tmp_path: Path) -> None:
    text = "\n".join(lines_of(3_000)).encode() + b"\n"
    (tmp_path / "a.gz").write_bytes(gzip.compress(text)[:-3_000])
    trouble = Trouble()
    read = "\n".join(chunk.text for chunk in read_chunks(tmp_path / "a.gz", trouble, size=4_096))
    assert trouble.code == "sitestats.gzip_damaged"
    assert text.decode().startswith(read)
    assert read


def test_bytes_that_are_no_utf8_cost_their_own_line_only(tmp_path: Path) -> None:
    lines = [line.encode() for line in lines_of(3)]
    lines[1] = lines[1].replace(b"/p1", b"/gi\xe1")  # Latin-1
    lines[2] = lines[2].replace(b"/p2", "/giá".encode())
    (tmp_path / "a.log").write_bytes(b"\n".join(lines) + b"\n")
    with database(tmp_path) as connection:
        taken = Ingest(connection, zone="UTC", now=NOW).file(tmp_path / "a.log", name="combined")
        assert taken.lines == 3
        assert rows(connection, "SELECT path FROM hits ORDER BY size") == [("/p0",), ("/giá",), ("/giá",)]


def test_one_endless_line_does_not_fill_the_memory(tmp_path: Path) -> None:
    text = lines_of(2)
    (tmp_path / "a.log").write_text(f"{text[0]}\n{'x' * 10_000_000}\n{text[1]}\n", "utf-8")
    with database(tmp_path) as connection:
        taken = Ingest(connection, zone="UTC", now=NOW).file(tmp_path / "a.log", name="combined")
    assert (taken.lines, taken.rejected) == (3, Counter(too_long=1))
