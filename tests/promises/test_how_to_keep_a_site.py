"""The how-to on keeping a site: its commands work one after the other, the times and rules it gives are the code's."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from builders.kept_sites import log_lines
from toolkit.sitestats.adapters.fingerprints import WINDOW
from toolkit.sitestats.adapters.store import SALTS_STAY

if TYPE_CHECKING:
    import pytest

    from running import Cli

TEXT = (Path(__file__).parents[2] / "docs" / "how-to" / "keep-a-site.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^\$ toolkit (.+)$", TEXT, re.MULTILINE)


def test_every_command_of_the_page_works_in_its_turn(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("access.log").write_text(log_lines(1, 30), "utf-8")
    assert len(COMMANDS) >= 8
    renamed = False
    for command in COMMANDS:
        words = shlex.split(command.replace("/var/log/nginx/", ""))
        if renamed:  # the page goes on with the name it began with
            words = ["Cửa hàng Lan" if word == "shop" else word for word in words]
        if words[1] in ("update", "report"):
            words += ["--today", "2026-11-20"]
        if "--again" in words and not cli("sitestats", "sites", "list", "--json").json["data"]:
            cli("sitestats", "add-log", "Cửa hàng Lan", "access.log")
        ran = cli(*words, *(["--yes"] if "forget" in words or "--again" in words else []))
        assert ran.exit_code == 0, (command, ran.stderr)
        assert ran.stdout
        renamed = renamed or "rename" in words


def test_the_files_that_a_name_stands_for_are_those_of_the_page(cli: Cli, tmp_path: Path) -> None:
    row = next(line for line in TEXT.splitlines() if line.startswith("| `access.log` |"))
    names = re.findall(r"`([^`]+)`", row)
    assert len(names) >= 4
    for n, name in enumerate(names):
        if not name.endswith(".gz"):
            (tmp_path / name).write_text(log_lines(100 * n, 100 * n + 9), "utf-8")
    added = cli("sitestats", "add-log", "shop", tmp_path / "access.log", "--json").json["data"]
    assert {Path(path).name for path in added["files"]} == {name for name in names if not name.endswith(".gz")}


def test_the_rules_it_tells_are_those_of_the_code() -> None:
    assert "**hai ngày**" in TEXT
    assert SALTS_STAY.days == 2
    assert "khoảng 1 KB" in TEXT
    assert WINDOW == 1024
