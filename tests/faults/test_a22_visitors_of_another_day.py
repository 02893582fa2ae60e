"""A22, A03: nobody can be followed from one day to the next, and no address stays, whatever is looked through."""

from __future__ import annotations

import json
import re
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from builders.kept_sites import bytes_of, log_line, the_site
from toolkit.sitestats.adapters import store

if TYPE_CHECKING:
    from running import Cli

TODAY = ("--today", "2026-11-25")
A_DAY = 24 * 60
ADDRESS = "198.51.100.77"


@pytest.fixture
def log(tmp_path: Path, cli: Cli, home: Path) -> Path:
    path = tmp_path / "access.log"
    lines = [log_line(day * A_DAY + n, address=ADDRESS, path="/same") for day in range(6) for n in range(3)]
    path.write_text("".join(lines) + f"nonsense of {ADDRESS} about /p?email=lan@example.com\n")
    assert cli("sitestats", "add-log", "shop", path, *TODAY).exit_code == 0
    assert cli("sitestats", "update", *TODAY).exit_code == 0
    return path


def test_a_visitor_is_another_one_on_another_day(home: Path, log: Path) -> None:
    with tempfile.TemporaryDirectory() as scratch, store.open_site(the_site(home), Path(scratch)) as connection:
        found = connection.execute("SELECT count(DISTINCT visitor), count(DISTINCT day) FROM visitors").fetchone()
    assert found == (6, 6)


def test_salts_of_days_gone_by_are_gone_from_the_disk(home: Path, log: Path, cli: Cli) -> None:
    site = the_site(home)
    salts = json.loads(site.salts.read_text())
    assert sorted(salts) == ["2026-11-21", "2026-11-22", "2026-11-23"]
    with log.open("a") as file:
        file.write(log_line(9 * A_DAY, address=ADDRESS, path="/same"))
    assert cli("sitestats", "update", *TODAY[:1], "2026-11-28").exit_code == 0
    assert list(json.loads(site.salts.read_text())) == ["2026-11-27"]
    left = bytes_of(home, without=["salts.json"])
    assert not [day for day, salt in salts.items() if salt.encode() in left or bytes.fromhex(salt) in left]
    assert not [day for day, salt in salts.items() if salt.encode() in site.salts.read_bytes()]


def test_lines_of_a_day_that_come_later_are_the_same_visitors(home: Path, log: Path, cli: Cli) -> None:
    before = cli("sitestats", "report", "--json", *TODAY).json["data"]["totals"]["visitors"]
    with log.open("a") as file:
        file.write(log_line(5 * A_DAY + 5, address=ADDRESS, path="/same"))
        file.write(log_line(4 * A_DAY + 5, address=ADDRESS, path="/same"))
    assert cli("sitestats", "update", *TODAY).exit_code == 0
    assert cli("sitestats", "report", "--json", *TODAY).json["data"]["totals"]["visitors"] == before


def test_no_address_and_no_query_stays_anywhere(home: Path, log: Path, cli: Cli) -> None:
    left = bytes_of(home)
    assert ADDRESS.encode() not in left
    assert b"lan@example" not in left
    sample = cli("sitestats", "report", "--json", *TODAY).json["data"]["rejects"][0]
    assert sample["n"] == 1
    assert not re.search(r"198\.51|lan@", sample["sample"])


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps lists of its own")
def test_nobody_else_on_this_machine_reads_what_is_kept(home: Path, log: Path, cli: Cli) -> None:
    kept = [*(home / "sites").rglob("*"), home / "sites"]
    assert len(kept) > 5
    assert {path.stat().st_mode & 0o077 for path in kept} == {0}
