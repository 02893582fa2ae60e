"""Every command of the how-to about the page of a site works as it is written there."""

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

HOW_TO = Path(__file__).parents[2] / "docs" / "how-to" / "site-report-page.md"
COMMANDS = re.findall(r"^toolkit (.+?)(?: +#.*| > .*)?$", HOW_TO.read_text("utf-8"), re.MULTILINE)


def test_the_how_to_shows_commands() -> None:
    assert len(COMMANDS) == 6


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_how_to_works(cli: Cli, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_access_log(tmp_path / "access.log", 300, first=date(2026, 11, 8), days=14)
    if " shop " in command:
        cli("sitestats", "add-log", "shop", "access.log")
        cli("sitestats", "update", "shop", "--today=2026-11-22")
    ran = cli(*shlex.split(command), "--today=2026-11-22")
    assert (ran.exit_code, ran.stderr) == (0, "")
    for page in tmp_path.glob("*.html"):
        assert "Content-Security-Policy" in page.read_text("utf-8")
