"""The made-up log: the same for the same seed, in order, and what it says of itself is what is in it."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from toolkit.demo.access_logs import access_log, write_access_log

if TYPE_CHECKING:
    from pathlib import Path

FIRST = date(2026, 10, 20)
LINE = re.compile(r'(\S+) - - \[([^\]]+)\] "([^"]*)" (\d{3}) (\d+) "([^"]*)" "([^"]*)"')


@pytest.mark.parametrize("zone", ["Asia/Ho_Chi_Minh", "America/New_York", "UTC"])
def test_a_made_up_log_knows_its_own_numbers(tmp_path: Path, zone: str) -> None:
    path = tmp_path / "access.log"
    truth = write_access_log(path, 6_000, first=FIRST, days=20, zone=zone, seed=4)
    requests = [LINE.fullmatch(line) for line in path.read_text(encoding="utf-8").splitlines()]
    read = [found.groups() for found in requests if found is not None]
    assert len(read) == len(requests) == truth.lines == 6_000
    assert truth.size == sum(int(line[4]) for line in read)
    assert truth.statuses == Counter(int(line[3]) for line in read)
    moments = [datetime.strptime(line[1], "%d/%b/%Y:%H:%M:%S %z").astimezone(ZoneInfo(zone)) for line in read]
    assert moments == sorted(moments)
    assert truth.days == Counter(moment.date() for moment in moments)
    visitors = {(moment.date(), line[0], line[6]) for moment, line in zip(moments, read, strict=True)}
    assert truth.visitors == len(visitors) == sum(truth.visitors_by_day.values())
    assert truth.visits >= truth.visitors


def test_the_same_seed_is_the_same_log_and_another_one_is_not() -> None:
    def made(seed: int) -> list[str]:
        return [line.text for line in access_log(500, first=FIRST, days=3, zone="Asia/Ho_Chi_Minh", seed=seed)]

    assert made(1) == made(1)
    assert made(1) != made(2)


def test_a_made_up_log_looks_like_one_of_a_shop(tmp_path: Path) -> None:
    path = tmp_path / "access.log"
    truth = write_access_log(path, 20_000, first=FIRST, days=10)
    assert 9 < truth.lines / truth.visits < 14
    assert 8 <= len(truth.days) <= 12
    assert 0.01 < truth.not_found / truth.lines < 0.05
    text = path.read_text(encoding="utf-8")
    assert text.count("Googlebot") > 20
    assert text.count("fbclid=") > 50
    assert text.count("utm_campaign=") > 20
    assert 0.5 < len(re.findall("Mobile", text)) / truth.lines < 0.9
