"""The how-to on big logs: its commands run as they are written, every option it names exists, every folder is there."""

from __future__ import annotations

import re
import shlex
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from toolkit.demo.access_logs import write_access_log

if TYPE_CHECKING:
    from running import Cli

TEXT = (Path(__file__).parents[2] / "docs" / "how-to" / "big-logs.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^\$ toolkit (.+)$", TEXT, re.MULTILINE)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_of_the_page_works(
    cli: Cli, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("access.log", "access.log.1"):
        write_access_log(Path(name), 300, first=date(2026, 11, 20), days=1)
    assert cli(*shlex.split(command), "--today", "2026-11-22").exit_code == 0
    made = Path(shlex.split(command)[-1])
    for folder in re.findall(r"^\| `([a-z]+)/", TEXT, re.MULTILINE):
        assert list((made / folder).rglob("*.parquet"))
    assert (made / "hits" / "day=2026-11-20").is_dir()


def test_every_option_it_names_exists(cli: Cli) -> None:
    known = cli("sitestats", "report", "--help").stdout + cli("sitestats", "export", "--help").stdout
    named = set(re.findall(r"(--[a-z]+)", TEXT))
    assert {"--engine", "--data", "--parquet"} <= named
    assert all(option in known for option in named)
