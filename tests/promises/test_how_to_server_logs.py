"""The how-to on server logs: every command in it is run on a log, every option it names exists."""

from __future__ import annotations

import gzip
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from running import Cli

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "server-logs.md"
TEXT = PAGE.read_text(encoding="utf-8")
COMMANDS = re.findall(r"^\$ toolkit (.+)$", TEXT, re.MULTILINE)
LINE = (
    '203.0.113.7 - - [{day}/Nov/2026:13:55:36 +0700] "GET /blog/1?utm_source=facebook&utm_campaign=tet2027 HTTP/1.1"'
    ' 200 12 "-" "Mozilla/5.0 (Windows NT 10.0; rv:130.0) Gecko/20100101 Firefox/130.0"\n'
)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_of_the_page_works(
    cli: Cli, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = "".join(LINE.format(day=day) for day in (10, 16, 20))
    Path("access.log").write_text(text, "utf-8")
    Path("access.log.1").write_text(text, "utf-8")
    Path("access.log.2.gz").write_bytes(gzip.compress(text.encode()))
    ran = cli(*shlex.split(command), "--today", "2026-11-22")
    assert ran.exit_code == 0
    assert ran.stdout


def test_every_option_it_names_exists(cli: Cli) -> None:
    known = cli("sitestats", "report", "--help").stdout
    named = set(re.findall(r"`(--[a-z]+)", TEXT))
    assert named
    assert all(option in known for option in named)
