"""The how-to on goals and revenue tells the truth: its commands work as they stand, in their order."""

from __future__ import annotations

import re
import shlex
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from toolkit.core.dates.clock import SystemClock

if TYPE_CHECKING:
    import pytest

    from running import Cli

PAGE = (Path(__file__).parents[2] / "docs" / "how-to" / "goals-and-revenue.md").read_text("utf-8")
NOW = datetime(2026, 11, 20, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
AGENT = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0"


def a_log() -> str:
    begin, lines = datetime(2026, 11, 17, 2, tzinfo=UTC), []
    for address in range(6):
        for place, path in enumerate(
            ("/?utm_source=zalo&utm_campaign=tet2027", "/bang-gia", "/cam-on")[: 1 + address % 3]
        ):
            at = f"{begin + timedelta(hours=12 * address, minutes=place):%d/%b/%Y:%H:%M:%S} +0000"
            lines.append(f'203.0.113.{address} - - [{at}] "GET {path} HTTP/1.1" 200 900 "-" "{AGENT}"\n')
    return "".join(lines)


def test_every_command_of_the_page_works(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(SystemClock, "now", lambda _: NOW)
    (tmp_path / "access.log").write_text(a_log(), "utf-8")
    commands = [shlex.split(one) for one in re.findall(r"^\$ toolkit (.*)$", PAGE, re.MULTILINE)]
    assert len(commands) > 20
    for words in commands:
        ran = cli(*words, *(["--yes"] if words[0] == "kpi" else []))
        assert ran.exit_code == 0, (words, ran.stderr)
    assert (tmp_path / "trang-cua-toi" / "cam-on.html").is_file()


def test_every_option_of_the_page_is_there(cli: Cli) -> None:
    known = "".join(
        cli("sitestats", *words, "--help").stdout
        for words in (("goal", "show"), ("goal", "add"), ("revenue", "show"), ("site", "new"), ("report",))
    ) + cli("kpi", "log", "--help").stdout  # fmt: skip
    assert not [option for option in set(re.findall(r"--[a-z]+(?:-[a-z]+)*", PAGE)) if option not in known]
