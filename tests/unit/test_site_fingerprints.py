"""By what a log is known again, which files a name stands for, and what a sample of a line leaves out."""

from __future__ import annotations

import gzip
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from builders.kept_sites import log_line, log_lines
from toolkit.sitestats.adapters.fingerprints import (
    HEAD,
    WINDOW,
    Fingerprint,
    heads_of,
    looked_into,
    mark_at,
    read_further,
)  # fmt: skip
from toolkit.sitestats.adapters.logs import files_of
from toolkit.sitestats.adapters.masking import sample_of, without_addresses
from toolkit.sitestats.adapters.sites import LogSource

if TYPE_CHECKING:
    from pathlib import Path


def known(text: bytes, offset: int) -> Fingerprint:
    return read_further(Fingerprint(), text[:offset], mark_at(offset, text[:offset]))


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("read", [1, 20, 200])
def test_a_log_is_known_again_with_more_lines_and_not_with_others(tmp_path: Path, read: int, packed: bool) -> None:
    whole = log_lines(1, 300).encode()
    offset = len(log_lines(1, read).encode())
    print_ = known(whole, offset)
    assert print_.offset == offset
    path = tmp_path / "log"
    for text, expected in ((whole, True), (whole[:offset], True), (whole[: offset - 1], False),
                           (whole.replace(b"/p/1?", b"/p/x?", 1), False), (b"", False),
                           (log_lines(2, 300).encode(), False)):  # fmt: skip
        path.write_bytes(gzip.compress(text) if packed else text)
        with looked_into(path) as looked:
            assert looked.continues(print_) is expected


def test_logs_that_begin_alike_are_told_apart_behind_their_beginnings(tmp_path: Path) -> None:
    first = log_lines(1, 100).encode()
    other = first + log_line(900).encode() * 50
    print_ = known(first + log_lines(101, 200).encode(), len(log_lines(1, 200)))
    path = tmp_path / "log"
    path.write_bytes(other)
    with looked_into(path) as looked:
        assert not looked.continues(print_)
        assert looked.shared(print_) <= len(first)


def test_a_log_without_its_first_lines_is_found_where_reading_stopped(tmp_path: Path) -> None:
    whole = log_lines(1, 80).encode()
    print_ = known(whole, len(log_lines(1, 60)))
    path = tmp_path / "log"
    for gone in (1, 30, 50):
        path.write_bytes(log_lines(gone + 1, 80).encode())
        with looked_into(path) as looked:
            assert looked.find(print_.marks[-1]) == len(log_lines(gone + 1, 60))
    path.write_bytes(log_lines(61, 80).encode())
    with looked_into(path) as looked:
        assert looked.find(print_.marks[-1]) == 0


@given(st.lists(st.binary(max_size=700).map(lambda text: text.replace(b"\n", b"") + b"\n"), max_size=40))
def test_marks_stand_at_the_ends_of_lines(lines: list[bytes]) -> None:
    whole = b"".join(lines)
    for mark in heads_of(whole):
        assert mark.end <= HEAD
        assert mark.end == HEAD or whole[mark.end - 1 : mark.end] == b"\n"
    if whole:
        mark = mark_at(len(whole), whole)
        assert 0 < mark.size <= WINDOW
        begin = len(whole) - mark.size
        assert begin == 0 or whole[begin - 1 : begin] == b"\n" or len(lines[-1]) > mark.size


def test_the_directives_of_a_w3c_log_tell_no_logs_apart() -> None:
    directives = b"#Version: 1.0\n#Fields: date time c-ip cs-uri-stem sc-status\n"
    first, second = (heads_of(directives + row) for row in (b"2026-11-20 x\n", b"2026-11-21 y\n"))
    assert first
    assert first[0].end == second[0].end
    assert first[0].hash != second[0].hash


def test_old_marks_stand_further_apart_and_the_newest_stays() -> None:
    print_ = Fingerprint()
    for n in range(1, 1_000):
        print_ = read_further(print_, b"", mark_at(n * 100, b"x" * 50))
    assert len(print_.marks) <= 64
    assert print_.offset == 99_900
    assert list(print_.marks) == sorted(print_.marks)


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("access.log", ["access.log.1", "access.log.2.gz", "access.log-20261120", "access.log-20261120.gz",
                        "access.log.2026-11-20", "access-20261120.log", "access.1.log.gz", "access.log.old"]),
        ("u_ex261120.log", ["u_ex261120.log.1"]),
        ("access.log.gz", ["access.log.gz.1"]),
    ],
)  # fmt: skip
def test_a_log_stands_for_its_rotated_parts(tmp_path: Path, name: str, parts: list[str]) -> None:
    others = ["error.log", "error.log.1", "access.log.bak", "xaccess.log.1", "access.logs", "access.log.1.zip",
              "other_access.log", "u_ex261121.log"]  # fmt: skip
    for one in (name, *parts, *others):
        (tmp_path / one).write_text("x")
    found, missing = files_of([LogSource(str(tmp_path / name))])
    assert {file.path.name for file in found} == {name, *parts}
    assert not missing


def test_a_pattern_is_looked_up_anew_and_a_link_is_no_second_file(tmp_path: Path) -> None:
    sources = [LogSource(str(tmp_path / "*.log")), LogSource(str(tmp_path / "b.log"))]
    assert files_of(sources)[1] == sources
    for name in ("a.log", "b.log"):
        (tmp_path / name).write_text(name)
    (tmp_path / "c.log").symlink_to(tmp_path / "a.log")
    assert sorted(file.path.name for file in files_of(sources)[0]) == ["a.log", "b.log"]


@pytest.mark.parametrize(
    ("line", "sample"),
    [
        ('203.0.113.7 - lan [x] "GET /a?token=1 HTTP/1.1"', '* - lan [x] "GET /a?* HTTP/1.1"'),
        ('2001:db8::1 - - [20/Nov/2026:10:21:22 +0700] x', '* - - [20/Nov/2026:10:21:22 +0700] x'),
        ("may-lan.example.vn - - nothing", "* - - nothing"),
        ('{"remote_ip":"2001:db8:1:2:3:4:5:6","x":"10:21:22"}', '{"remote_ip":"*","x":"10:21:22"}'),
        ("2026-11-20 10:21:22 198.51.100.9 GET", "2026-11-20 10:21:22 * GET"),
        ("\x16\x03\x01", "\x16\x03\x01"),
    ],
)  # fmt: skip
def test_a_sample_has_no_address_and_no_query(line: str, sample: str) -> None:
    assert sample_of(line) == sample


@given(ip=st.ip_addresses(), before=st.text(max_size=40), after=st.text(max_size=40))
@example(ip="::", before="", after="")
def test_no_address_is_left_in_a_masked_line(ip: object, before: str, after: str) -> None:
    masked = without_addresses(f'{{"{before}" "{ip}" {after}'.encode())
    assert f'"{ip}"'.encode() not in masked


def test_hostile_lines_are_masked_in_no_time() -> None:
    begun = time.process_time()
    for piece in ("1.", "1:", ":", "a ", "?", "1.1.1.1", "::", "0000:"):
        sample_of(piece * (60_000 // len(piece)))
    assert time.process_time() - begun < 1
