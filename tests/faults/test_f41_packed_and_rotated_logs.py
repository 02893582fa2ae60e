"""F41: a packed log that is cut off or put together of parts, a log that is rotated while it is read: what is there is
read, and what is missing is said."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from toolkit.sitestats.adapters import files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from running import Cli
    from toolkit.sitestats.adapters.files import Chunk

TODAY = "--today=2026-11-22"
AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0"
LINES = [
    f'203.0.113.{k % 200} - - [20/Nov/2026:08:{k % 60:02}:00 +0700] "GET /p{k} HTTP/1.1" 200 {k} "-" "{AGENT}"\n'
    for k in range(4_000)
]
TEXT = "".join(LINES).encode()


@pytest.mark.parametrize("kept", [0.9, 0.5, 0.1])
def test_a_packed_log_that_is_cut_off_gives_what_came_before_and_is_named(
    cli: Cli, tmp_path: Path, kept: float
) -> None:
    packed = gzip.compress(TEXT)
    path = tmp_path / "access.log.1.gz"
    path.write_bytes(packed[: int(len(packed) * kept)])
    ran = cli("sitestats", "report", path, "--json", TODAY)
    assert ran.exit_code == 1
    (problem,) = ran.json["problems"]
    assert (problem["code"], problem["value"]) == ("sitestats.gzip_damaged", "access.log.1.gz")
    assert 0 < ran.json["data"]["totals"]["valid"] < len(LINES)
    whole = sum(k for k in range(ran.json["data"]["totals"]["valid"]))  # the first ones, each with its own size
    assert ran.json["data"]["totals"]["bytes"] == whole


def test_parts_that_were_packed_one_after_the_other_are_one_log(cli: Cli, tmp_path: Path) -> None:
    parts = (TEXT[:100_001], TEXT[100_001:100_002], b"", TEXT[100_002:])  # cut within lines
    (tmp_path / "whole.gz").write_bytes(b"".join(map(gzip.compress, parts)))
    totals = cli("sitestats", "report", tmp_path / "whole.gz", "--json", TODAY).json["data"]["totals"]
    assert (totals["valid"], totals["rejected"]) == (len(LINES), 0)
    assert totals["bytes"] == sum(range(len(LINES)))


def rotate(path: Path) -> None:
    path.rename(path.with_suffix(".log.1"))
    path.write_bytes(TEXT[:500])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def lengthen(path: Path) -> None:
    with path.open("ab") as file:
        file.write(TEXT)


@pytest.mark.parametrize(
    ("happens", "fewest", "most"), [(rotate, 4_000, 4_000), (empty, 1, 3_999), (lengthen, 4_000, 8_000)]
)
def test_a_log_that_changes_while_it_is_read(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, happens: Callable[[Path], None], fewest: int, most: int
) -> None:
    path = tmp_path / "access.log"
    path.write_bytes(TEXT)
    usual = files.read_chunks
    begun: list[int] = []

    def interrupted(log: Path, *given: object, **named: object) -> Iterator[Chunk]:
        chunks = usual(log, *given, **{**named, "size": 1 << 16})  # type: ignore[arg-type]
        for place, chunk in enumerate(chunks):
            yield chunk
            if place == 1 and len(begun) == 1:
                happens(path)
            begun.append(place)

    monkeypatch.setattr("toolkit.sitestats.adapters.ingest.read_chunks", interrupted)
    ran = cli("sitestats", "report", path, "--json", TODAY)
    assert begun, "the log was read in some other way"
    totals = ran.json["data"]["totals"]
    assert fewest <= totals["valid"] <= most
    assert totals["rejected"] <= 1  # half of a line, where the rest is gone
    assert ran.exit_code == 0
