"""F42: lines of a log that can't be read are counted and shown, and more than a fifth of them is no success."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli

TODAY = "--today=2026-11-22"
GOOD = '203.0.113.7 - - [20/Nov/2026:08:00:00 +0700] "GET / HTTP/1.1" 200 10 "-" "Mozilla/5.0 Firefox/143.0"'
BAD = [
    '203.0.113.7 - - [20/Nov/2026:08:00:00 +0700] "GET / HTTP/1.1" 2000 10 "-" "a"',
    '203.0.113.7 - - [32/Nov/2026:08:00:00 +0700] "GET / HTTP/1.1" 200 10 "-" "a"',
    "một dòng không phải nhật ký",
    '- - - [20/Nov/2026:08:00:00 +0700] "GET / HTTP/1.1" 200 10 "-" "a"',
]


@pytest.mark.parametrize(("share", "code"), [(1, 0), (20, 0), (21, 1), (45, 1)])
def test_lines_that_cannot_be_read_are_counted_and_shown(cli: Cli, tmp_path: Path, share: int, code: int) -> None:
    lines = [BAD[k % len(BAD)] if k % 100 < share else GOOD for k in range(2_000)]
    path = tmp_path / "access.log"
    path.write_text("\n".join(sorted(lines, key=hash)) + "\n", "utf-8")
    ran = cli("sitestats", "report", path, "--format", "combined", "--json", TODAY)
    data = ran.json["data"]
    assert (data["totals"]["requests"], data["totals"]["rejected"]) == (2_000, 20 * share)
    assert data["totals"]["valid"] == data["totals"]["hits"] == 2_000 - 20 * share
    assert sum(one["n"] for one in data["rejects"]) == 20 * share
    assert all(one["n"] > 0 and one["sample"] for one in data["rejects"])
    assert ran.exit_code == code
    assert [one["code"] for one in ran.json["problems"]] == (["sitestats.many_rejects"] if code else [])


def test_a_log_of_nothing_that_can_be_read_is_no_report(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "access.log"
    path.write_text(f"{BAD[2]}\n" * 500, "utf-8")
    ran = cli("sitestats", "report", path, "--json", TODAY)
    assert ran.exit_code == 3
    assert [one["code"] for one in ran.json["problems"]] == ["sitestats.not_a_log"]
    said = cli("sitestats", "report", path, "--format", "combined", "--json", TODAY)
    assert said.exit_code == 1
    assert said.json["data"]["totals"]["rejected"] == 500
