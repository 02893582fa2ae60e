"""The how-to on Google's figures tells the truth: its commands work as they stand, in their order."""

from __future__ import annotations

import re
import shlex
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from builders.browsing import use_browser
from builders.google_figures import NUMBER, searches, views
from builders.kept_sites import log_lines
from toolkit.core.dates.clock import SystemClock
from toolkit.demo.google.measurement import Property
from toolkit.demo.google_calendar import LoopbackGoogle

if TYPE_CHECKING:
    import pytest

    from running import Cli

PAGE = (Path(__file__).parents[2] / "docs" / "how-to" / "google-analytics.md").read_text("utf-8")
NOW = datetime(2026, 11, 22, 20, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


def test_every_command_of_the_page_works(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SystemClock, "now", lambda _: NOW)
    log = tmp_path / "access.log"
    log.write_text(log_lines(1, 20), "utf-8")
    cli("sitestats", "add-log", "shop", log)
    cli("sitestats", "update")
    with LoopbackGoogle() as google:
        monkeypatch.setenv("TOOLKIT_GOOGLE_ROOT", google.root)
        use_browser(monkeypatch)
        cli("google", "login", "--client", google.client_file(tmp_path / "client.json"))
        google.analytics.properties[NUMBER] = Property(views=views(date(2026, 11, 1), 21))
        google.search.sites["sc-domain:example.vn"] = searches(date(2026, 11, 1), 21)
        commands = [shlex.split(one) for one in re.findall(r"^\$ toolkit (.*)$", PAGE, re.MULTILINE)]
        assert len(commands) == 7
        for words in commands:
            ran = cli(*words)
            assert ran.exit_code == 0, (words, ran.stderr)
    assert "Google" in ran.stdout


def test_every_option_of_the_page_is_there(cli: Cli) -> None:
    known = "".join(
        cli(*words, "--help").stdout
        for words in (("google", "login"), ("sitestats", "ga4", "pull"), ("sitestats", "gsc", "pull"),
                      ("sitestats", "report"))
    )  # fmt: skip
    assert not [option for option in set(re.findall(r"--[a-z]+(?:-[a-z]+)*", PAGE)) if option not in known]
