"""F20: this machine's clock is a day off, or goes back in the middle: Google's answers count, waits are measured."""

from __future__ import annotations

import signal
import threading
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING

import pytest
import time_machine

from builders.browsing import use_browser
from builders.calendar_sheets import imported, sheet, with_row
from builders.google_side import Counted, Ids, operation, target_on
from storing import NOTES, new_place
from toolkit.demo.google_calendar import LoopbackGoogle
from toolkit.google.accounts import save
from toolkit.google.endpoint import ROOT_VARIABLE
from toolkit.google.listener import Listener, Page, Pages
from toolkit.net.persistence import Pace, retry_after
from toolkit.shell.paths import Paths
from toolkit.store.backup import KEPT, list_backups, make_backup

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from running import Cli, RunToolkit

DAY = timedelta(days=1)
skewed = pytest.mark.parametrize("skew", [-DAY, DAY], ids=["a day behind", "a day ahead"])


@pytest.fixture
def google(monkeypatch: pytest.MonkeyPatch) -> Iterator[LoopbackGoogle]:
    with LoopbackGoogle() as server:
        monkeypatch.setenv(ROOT_VARIABLE, server.root)
        use_browser(monkeypatch)
        yield server


def at(skew: timedelta) -> time_machine.travel:
    """Inside, this process's clock shows another time; it keeps running."""
    return time_machine.travel(datetime.now(UTC) + skew, tick=True)


@skewed
def test_signing_in_and_importing_under_a_wrong_clock(
    google: LoopbackGoogle, cli: Cli, tmp_path: Path, skew: timedelta
) -> None:
    client = google.client_file(tmp_path / "client.json")
    path = sheet(tmp_path / "lịch.csv")
    with at(skew):
        assert cli("google", "login", "--client", client).exit_code == 0
        assert imported(cli, path, to="google").exit_code == 0
        google.tokens.expire()
        assert cli("google", "status", "--check").exit_code == 0
        google.forget_requests()
        assert imported(cli, path, to="google").exit_code == 0
    assert google.counts() == {"events.list": 1}
    assert len(google.events()) == 10


@skewed
def test_a_clock_that_is_put_right_after_signing_in(
    google: LoopbackGoogle, cli: Cli, tmp_path: Path, skew: timedelta
) -> None:
    """The kept token seems to be good for a day too long, or to be long over: Google says which."""
    client = google.client_file(tmp_path / "client.json")
    with at(skew):
        assert cli("google", "login", "--client", client).exit_code == 0
    google.tokens.expire()
    google.forget_requests()
    assert imported(cli, sheet(tmp_path / "lịch.csv"), to="google").exit_code == 0
    assert google.count("token") == 1
    assert len(google.events()) == 10


def test_a_sign_in_that_seems_to_be_over_is_tried_all_the_same(
    google: LoopbackGoogle, cli: Cli, tmp_path: Path
) -> None:
    now = datetime.now(UTC)
    save(Paths.find().google, google.credentials(), signed_in=now, ends=now + timedelta(hours=12))
    with at(DAY):
        assert imported(cli, sheet(tmp_path / "lịch.csv"), to="google").exit_code == 0
    assert len(google.events()) == 10


@pytest.mark.parametrize("to", ["local", "google"])
def test_a_clock_that_goes_back_between_import_change_and_undo(
    google: LoopbackGoogle, cli: Cli, tmp_path: Path, to: str
) -> None:
    google.sign_in(Paths.find().google)
    path = sheet(tmp_path / "lịch.csv")
    with at(DAY):
        assert imported(cli, path, to=to).exit_code == 0
    sheet(path, with_row(0, "Họp nhóm", "12/12/2026", "8h30-9h30", "Phòng 5"))
    again = imported(cli, path, "--json", to=to)
    assert again.exit_code == 0
    done = again.json["data"]
    assert (done["created"], done["updated"], done["deleted"]) == (0, 1, 0)
    with at(-DAY):
        assert [run["run"] for run in cli("calendar", "runs", "--json").json["data"]] == [2, 1]
        assert cli("calendar", "undo", 2, "--yes").exit_code == 0
        back = imported(cli, sheet(path), "--json", to=to).json["data"]
    assert back["unchanged"] == 10


def test_a_run_that_was_cut_off_in_the_future_is_resumed(
    google: LoopbackGoogle, cli: Cli, run_toolkit: RunToolkit, tmp_path: Path
) -> None:
    google.sign_in(Paths.find().google)
    path = sheet(tmp_path / "lịch.csv")
    arguments = ("calendar", "import", path, "--to", "google", "--today", "2026-11-22", "--yes")
    killed = run_toolkit(*arguments, env={"TOOLKIT_FAULT": "kill@calendar.apply.performed"})
    assert killed.exit_code == -signal.SIGKILL
    with at(-DAY):
        assert cli("calendar", "resume").exit_code == 0
    assert len(google.events()) == 10


@skewed
@pytest.mark.parametrize(("on", "count"), [("events.insert", 1), ("events.insert", 4), ("batch", 4)])
def test_a_date_in_retry_after_is_one_of_googles_clock(skew: timedelta, on: str, count: int) -> None:
    clock = Counted(datetime.now(UTC) + skew)
    ids = Ids()
    with LoopbackGoogle() as google:
        with target_on(google, ids=ids) as target:
            list(target.perform([operation("insert", 99)]))
        asked = format_datetime(datetime.now(UTC) + timedelta(seconds=40), usegmt=True)
        google.faults.add(on, "429", retry_after=asked)
        with target_on(google, clock, ids=ids) as target:
            results = list(target.perform([operation("insert", number) for number in range(count)]))
    assert {result.kind for result in results} == {"done"}
    assert 30 <= max(clock.slept) <= 41


def test_without_googles_clock_this_machines_has_to_do() -> None:
    now = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
    date = format_datetime(now + timedelta(seconds=40), usegmt=True)
    assert retry_after(date, now) == retry_after(date, now, "gibberish") == retry_after(date, now, "") == 40
    assert retry_after(date, now + DAY, format_datetime(now, usegmt=True)) == 40
    assert retry_after("40", now, format_datetime(now + DAY, usegmt=True)) == 40


def test_the_pace_is_measured_and_not_read_off_a_clock() -> None:
    slept: list[float] = []
    pace = Pace(8.0, sleep=slept.append)
    with at(DAY):
        pace.take(50)
    pace.take(50)
    with at(-DAY):
        pace.take(1)
    assert len(slept) == 2
    assert all(wait < 15 for wait in slept)


@skewed
def test_waiting_for_the_browser_is_measured_too(skew: timedelta) -> None:
    pages = Pages("vi", *[Page("", "")] * 4)
    with Listener("s", pages) as listener:
        visits: list[object] = []
        started = time.perf_counter()
        waiting = threading.Thread(target=lambda: visits.append(listener.wait(1.0)))
        waiting.start()
        with at(skew):
            waiting.join(20)
        assert visits == [None]
        assert 0.9 <= time.perf_counter() - started < 15


def test_a_backup_made_after_the_clock_went_back_is_not_the_one_to_go(tmp_path: Path) -> None:
    place = new_place(tmp_path / "nhà", NOTES)
    place.write("một")
    now = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
    for hour in range(KEPT):
        make_backup(place.database, place.backups, "upgrade", now + timedelta(hours=hour))
    made = make_backup(place.database, place.backups, "upgrade", now - DAY)
    assert made.path.is_file()
    assert made in list_backups(place.backups)
    assert [one.kind for one in list_backups(place.backups)].count("upgrade") == KEPT + 1
