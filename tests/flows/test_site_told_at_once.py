"""What a member says of a site in two windows at the same moment: both are kept, and no update is waited for."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from builders.kept_sites import log_lines, the_site
from running import environment, toolkit_command
from toolkit.core.errors import ConflictError
from toolkit.sitestats.adapters.sites import Site, Sites
from toolkit.sitestats.model import Goal
from toolkit.sitestats.service.collecting import snippet
from toolkit.sitestats.service.goals import add_goal, drop_goal, goals_of
from toolkit.sitestats.service.keeping import add_logs

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from running import Cli

ZONE = "Asia/Ho_Chi_Minh"
NOW = 1_795_000_000
THANKS = Goal("gửi form", "/cam-on*")


@pytest.fixture
def logs(tmp_path: Path) -> tuple[Path, Path]:
    """Two logs of a site."""
    paths = (tmp_path / "access.log", tmp_path / "second.log")
    for path in paths:
        path.write_text(log_lines(1, 30))
    return paths


CHANGES: dict[str, Callable[[Sites, Site, str], object]] = {
    "goal": lambda sites, site, _: add_goal(sites, site, THANKS),
    "log": lambda sites, site, log: add_logs(sites, site.name, [log], zone=ZONE, now=NOW),
    "name": lambda sites, site, _: sites.rename(site, "Tiệm Lan"),
    "snippet": lambda sites, site, _: snippet(
        sites, site.name, "https://stats.example.vn", zone=ZONE, host="shop.example"
    ),
}


def _said(site: Site) -> dict[str, bool]:
    return {
        "goal": [goal.name for goal in goals_of(site)] == [THANKS.name],
        "log": len(site.logs) == 2,
        "name": site.name == "Tiệm Lan",
        "snippet": site.host == "shop.example",
    }


@pytest.mark.parametrize("first", CHANGES)
@pytest.mark.parametrize("second", CHANGES)
def test_what_another_window_has_said_in_the_meantime_stays(
    first: str, second: str, home: Path, logs: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    if first == second:
        return
    sites = Sites(home / "sites")
    add_logs(sites, "shop", [str(logs[0])], zone=ZONE, now=NOW)
    site = the_site(home)
    CHANGES[first](sites, site, str(logs[1]))
    with monkeypatch.context() as patched:  # the second window has read the site before the first one changed it
        patched.setattr(sites, "get", lambda _: site) if second != "name" else None
        CHANGES[second](sites, site, str(logs[1]))
    told = _said(the_site(home))
    assert told[first]
    assert told[second]


def test_goals_and_logs_added_by_many_processes_at_once_are_all_kept(
    cli: Cli, home: Path, logs: tuple[Path, Path]
) -> None:
    assert cli("sitestats", "add-log", "shop", logs[0]).exit_code == 0
    more = [logs[0].with_name(f"more{n}.log") for n in range(3)]
    for path in more:
        path.write_text(log_lines(1, 5))
    typed = [["goal", "add", "shop", f"mục tiêu {n}", "--path", f"/cam-on-{n}"] for n in range(3)]
    typed += [["add-log", "shop", str(path)] for path in more]
    env = environment({"TOOLKIT_HOME": str(home)})
    running = [
        subprocess.Popen([*toolkit_command(), "sitestats", *words], env=env, stdout=subprocess.DEVNULL)
        for words in typed
    ]
    assert [process.wait(60) for process in running] == [0] * 6
    assert len(goals_of(the_site(home))) == 3
    assert len(the_site(home).logs) == 4


def test_a_goal_is_kept_while_an_update_runs(cli: Cli, home: Path, logs: tuple[Path, Path]) -> None:
    assert cli("sitestats", "add-log", "shop", logs[0]).exit_code == 0
    code = (
        "import pathlib, sys; from toolkit.sitestats.adapters.sites import Sites\n"
        f"(site,) = Sites(pathlib.Path({str(home / 'sites')!r})).all()\n"
        "with site.lock('sitestats update'):\n    print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as update:
        assert update.stdout is not None
        assert update.stdout.readline().strip() == b"held"
        begun = time.monotonic()
        added = cli("sitestats", "goal", "add", "shop", "gửi form", "--path", "/cam-on*")
        taken = time.monotonic() - begun
        update.communicate()
    assert added.exit_code == 0
    assert taken < 5


def test_a_site_that_was_forgotten_in_the_meantime_is_not_brought_back(home: Path, logs: tuple[Path, Path]) -> None:
    sites = Sites(home / "sites")
    add_logs(sites, "shop", [str(logs[0])], zone=ZONE, now=NOW)
    site = the_site(home)
    sites.forget(site)
    with pytest.raises(ConflictError, match="no_sites"):
        add_goal(sites, site, THANKS)
    with pytest.raises(ConflictError, match="no_sites"):
        sites.rename(site, "Tiệm Lan")
    assert sites.all() == []


def test_a_goal_that_is_not_there_leaves_the_site_as_it_was(home: Path, logs: tuple[Path, Path]) -> None:
    sites = Sites(home / "sites")
    add_logs(sites, "shop", [str(logs[0])], zone=ZONE, now=NOW)
    before = (the_site(home).folder / "site.json").read_bytes()
    with pytest.raises(ConflictError, match="no_such_goal"):
        drop_goal(sites, the_site(home), "gửi form")
    assert (the_site(home).folder / "site.json").read_bytes() == before
