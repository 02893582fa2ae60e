"""F05–F08, F11, F12, F19 on CalDAV: no server, resets before and after it worked, slow, busy, or none at all."""

from __future__ import annotations

import time
from datetime import timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING

import pytest

from builders.caldav_side import Radicale
from builders.google_side import IMPORT, Counted, drain, event, operation
from toolkit.core.errors import RemoteError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from running import Cli
    from toolkit.calendar.ports import Result


TRUNCATED = (
    "<d:multistatus xmlns:d='DAV:'><d:response><d:href>/</d:href><d:status>HTTP/1.1 507 Too many</d:status>"
    "</d:response></d:multistatus>"
)


@pytest.fixture
def radicale(tmp_path: Path) -> Iterator[Radicale]:
    with Radicale(tmp_path / "radicale") as server:
        yield server


def test_without_a_network_one_sentence_says_so_at_once(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOOLKIT_CALDAV_USER", "lan")
    monkeypatch.setenv("TOOLKIT_CALDAV_PASSWORD", "x")
    sheet = tmp_path / "lịch.csv"
    sheet.write_text("Tiêu đề,Ngày\nHọp,1/12/2026\n", encoding="utf-8")
    refused = cli("calendar", "import", sheet, "--to", "caldav:http://127.0.0.1:9/", "--yes", "--json")
    assert refused.exit_code == 6
    assert [problem["code"] for problem in refused.json["problems"]] == ["caldav.unreachable"]


@pytest.mark.parametrize("kind", ["reset", "reset_after"])
def test_a_write_whose_connection_is_cut_is_made_once(radicale: Radicale, kind: str) -> None:
    with radicale.target() as target:
        list(target.perform([operation("insert", n) for n in range(3)]))
        made = {one.key: one for one in target.made_by(IMPORT)}
        radicale.faults.clear()
        for method in ("PUT", "DELETE"):
            radicale.fail(method, kind, times=1)  # type: ignore[arg-type]
        radicale.fail("PUT", kind, after=1, times=1)  # type: ignore[arg-type]
        results = list(
            target.perform(
                [
                    operation("update", 0, event(0, location="Khác"), etag=made["row 0"].etag, run="run2"),
                    operation("insert", 7, run="run2"),
                    operation("delete", 1, etag=made["row 1"].etag),
                ]
            )
        )
        assert [one.kind for one in results] == ["done"] * 3
        assert {one.key: one.event.location for one in target.made_by(IMPORT)} == {
            "row 0": "Khác", "row 2": "Quán Đo Đo", "row 7": "Quán Đo Đo",
        }  # fmt: skip


def test_a_calendar_whose_making_went_unanswered_is_made_once(radicale: Radicale) -> None:
    radicale.fail("MKCALENDAR", "reset_after")
    with radicale.target() as target:
        assert [one.kind for one in target.perform([operation("insert", 1)])] == ["done"]
    with radicale.server() as server:
        assert len(server.calendars()) == 1


def test_what_was_done_before_the_network_went_is_told(radicale: Radicale) -> None:
    results: list[Result] = []
    with radicale.target() as target:
        radicale.fail("PUT", "reset", after=2, times=99)
        with pytest.raises(RemoteError) as refused:
            drain(target.perform([operation("insert", n) for n in range(5)]), results)
    assert refused.value.problem.code == "caldav.cut_off"
    assert [one.kind for one in results] == ["done", "done"]
    assert radicale.counts()["PUT"] == 2 + 3 * 6  # three were on their way at once


@pytest.mark.parametrize("kind", ["slow_body", "hang"])
def test_a_server_that_dribbles_is_not_waited_for(radicale: Radicale, kind: str) -> None:
    radicale.fail("PROPFIND", kind, times=99)  # type: ignore[arg-type]
    begun = time.monotonic()
    with radicale.target(deadline=0.3) as target, pytest.raises(RemoteError) as refused:
        target.made_by(IMPORT)
    assert refused.value.problem.code == "caldav.too_slow"
    assert time.monotonic() - begun < 20


@pytest.mark.parametrize("dated", [False, True])
def test_a_server_that_asks_for_time_gets_it(radicale: Radicale, dated: bool) -> None:
    clock = Counted()
    later = format_datetime(clock.now() + timedelta(seconds=40), usegmt=True) if dated else "40"
    radicale.fail("PUT", "status", status=503, headers={"Retry-After": later})
    radicale.fail("PUT", "status", status=429, headers={"Retry-After": "7"})
    with radicale.target(clock=clock) as target:
        assert [one.kind for one in target.perform([operation("insert", 1)])] == ["done"]
    assert [round(slept) for slept in clock.slept] == [40, 7]


def test_a_server_that_asks_for_hours_ends_the_run_with_the_time(radicale: Radicale) -> None:
    clock = Counted()
    radicale.fail("PUT", "status", status=503, headers={"Retry-After": "7200"})
    with radicale.target(clock=clock) as target, pytest.raises(RemoteError) as refused:
        list(target.perform([operation("insert", 1)]))
    assert refused.value.problem.code == "caldav.busy_until"
    assert clock.slept == []


def test_a_storm_of_errors_ends_after_six_tries(radicale: Radicale) -> None:
    radicale.fail("PUT", "status", status=502, body="<html>nginx</html>", times=99)
    with radicale.target() as target, pytest.raises(RemoteError) as refused:
        list(target.perform([operation("insert", n) for n in range(3)]))
    assert refused.value.problem.code == "caldav.busy"
    assert radicale.counts()["PUT"] == 6


def test_a_full_server_stops_the_run_at_once(radicale: Radicale) -> None:
    radicale.fail("PUT", "status", status=507, times=99)
    with radicale.target() as target, pytest.raises(RemoteError) as refused:
        list(target.perform([operation("insert", n) for n in range(3)]))
    assert refused.value.problem.code == "caldav.full"
    assert radicale.counts()["PUT"] == 1


@pytest.mark.parametrize("method", ["PUT", "GET", "REPORT"])
def test_a_login_page_of_a_wireless_network_is_no_answer(radicale: Radicale, method: str) -> None:
    with radicale.target() as target:
        if method == "REPORT":
            list(target.perform([operation("insert", 0)]))
        radicale.fail(method, "html", times=99)
        with pytest.raises(RemoteError) as refused:
            list(target.perform([operation("insert", 1)])) if method != "REPORT" else target.made_by(IMPORT)
    assert refused.value.problem.code == "caldav.not_caldav"


@pytest.mark.parametrize(
    "body",
    [
        "<d:multistatus xmlns:d='DAV:'><d:response>",
        "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]><x>&b;</x>",
        "{}",
        "",
        TRUNCATED,
    ],
)
def test_half_a_listing_is_no_listing(radicale: Radicale, body: str) -> None:
    """A listing that is taken for whole where it isn't would make every missing event a second time."""
    with radicale.target() as target:
        list(target.perform([operation("insert", 0)]))
        radicale.fail("REPORT", "status", status=207, body=body, headers={"Content-Type": "text/xml"}, times=99)
        with pytest.raises(RemoteError) as refused:
            target.made_by(IMPORT)
    assert refused.value.problem.code == "caldav.not_caldav"
    radicale.faults.clear()
    radicale.fail("REPORT", "cut_body")
    with radicale.target() as target:
        assert len(target.made_by(IMPORT)) == 1
