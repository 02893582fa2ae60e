"""A22: nobody can tell whether a visitor of today was here yesterday: the hashes differ, yesterday's salt is gone."""

from __future__ import annotations

import json
import stat
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from builders.collecting import PHONE, collecting, new_site
from toolkit.sitestats.adapters import door
from toolkit.sitestats.adapters.collected import salt_of
from toolkit.sitestats.adapters.salting import DailySalt

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def at(day: int, hour: int, minute: int = 0) -> float:
    """A time of November 2026 in UTC; the site is seven hours ahead."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC).timestamp()


def everything(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_the_same_visitor_has_another_hash_each_day_and_the_salt_of_yesterday_is_nowhere(tmp_path: Path) -> None:
    clock = [at(20, 9)]
    with collecting(tmp_path, now=lambda: clock[0]) as collector:
        assert collector.send() == collector.send() == 204
        yesterday = json.loads(salt_of(collector.site).read_bytes())
        clock[0] = at(20, 17)  # midnight in Vietnam
        assert collector.send() == 204
        first, second, third = collector.told()
    assert first.visitor == second.visitor != third.visitor
    assert yesterday["day"] == "2026-11-20"
    kept = everything(collector.site.folder)
    assert yesterday["salt"].encode() not in kept
    assert bytes.fromhex(yesterday["salt"]) not in kept
    assert b"127.0.0.1" not in kept
    assert json.loads(salt_of(collector.site).read_bytes())["day"] == "2026-11-21"


def test_the_salt_of_yesterday_goes_also_where_nobody_comes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    monkeypatch.setattr(door, "_TURN", 0.05)
    clock = [at(20, 9)]
    with collecting(tmp_path, now=lambda: clock[0]) as collector:
        old = salt_of(collector.site).read_bytes()
        clock[0] = at(21, 9)
        until = time.monotonic() + 5
        while salt_of(collector.site).read_bytes() == old and time.monotonic() < until:
            time.sleep(0.02)
        assert json.loads(salt_of(collector.site).read_bytes())["day"] == "2026-11-21"


def test_a_collector_that_is_started_again_knows_the_visitors_of_the_day(tmp_path: Path) -> None:
    for _ in range(2):
        with collecting(tmp_path, now=lambda: at(20, 9)) as collector:
            assert collector.send() == 204
    assert len({told.visitor for told in collector.told()}) == 1


def test_a_salt_that_a_stopped_collector_has_left_is_removed_by_the_next_update(tmp_path: Path) -> None:
    with collecting(tmp_path, now=lambda: at(20, 9)) as collector:
        collector.send()
    assert collector.take(now=at(20, 10)) == 1
    assert salt_of(collector.site).exists()
    assert collector.take(now=at(21, 10)) == 0
    assert not salt_of(collector.site).exists()


def test_sites_of_one_collector_do_not_share_visitors(tmp_path: Path) -> None:
    folder = new_site(tmp_path).site.folder
    one, other = DailySalt(folder / "a.json"), DailySalt(folder / "a.json")
    day = date(2026, 11, 20)
    assert one.visitor(day, "a", "203.0.113.1", PHONE) != one.visitor(day, "b", "203.0.113.1", PHONE)
    other = DailySalt(folder / "a.json")
    assert one.visitor(day, "a", "203.0.113.1", PHONE) == other.visitor(day, "a", "203.0.113.1", PHONE)
    assert 0 <= one.visitor(day, "a", "203.0.113.1", PHONE) < 2**63


def test_nobody_else_on_the_machine_reads_what_is_collected(tmp_path: Path) -> None:
    with collecting(tmp_path) as collector:
        collector.send()
        for path in collector.site.folder.rglob("*"):
            assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path
    collector.take()
    for path in collector.site.folder.rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path
