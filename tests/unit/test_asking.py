"""Questions about a roster: asked at a terminal, answered once, never guessed."""

from __future__ import annotations

import io
from contextlib import ExitStack
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from toolkit.calendar.asking import read_asking
from toolkit.calendar.profiles.shelf import ProfileShelf
from toolkit.calendar.reading import ReadOptions
from toolkit.calendar.results import Choices
from toolkit.calendar.service import CalendarService
from toolkit.calendar.targets import opener, parse_target
from toolkit.core.dates import FixedClock
from toolkit.core.errors import InputError
from toolkit.shell.ask import Ask
from toolkit.shell.messages import Messages
from toolkit.shell.say import Say
from toolkit.shell.screen import Screen
from toolkit.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from toolkit.calendar.targets import TargetSpec

ROSTER = "PHÂN CA THÁNG 12/2026;;;\nHọ tên;1;2;3\nLê Hoa;S;HC;X\nTrần Mai;HC;S;S\n"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def service(tmp_path: Path) -> Iterator[CalendarService]:
    from toolkit.calendar.adapters.local import LocalTarget

    clock = FixedClock(datetime(2026, 11, 22, 8, tzinfo=UTC))
    with ExitStack() as opened:
        store = opened.enter_context(Store.open(tmp_path / "toolkit.db", backups=tmp_path / "backups", clock=clock))

        def local(spec: TargetSpec) -> LocalTarget:
            return LocalTarget(store, spec.calendar)

        yield CalendarService(store, clock, opener({"local": local}))


def asked(service: CalendarService, folder: Path, typed: str) -> tuple[list[str], list[str]]:
    path = folder / "ca.csv"
    path.write_text(ROSTER, encoding="utf-8")
    choices = Choices(parse_target("local", None, None, folder=folder), ReadOptions(date(2026, 11, 22)))
    ask = Ask(Say(Messages("vi"), Screen(Terminal(), {}), Screen(Terminal(), {})), Terminal(typed))
    outcome = read_asking(ask, ProfileShelf(service.book), choices, lambda chosen: service.preview(path, chosen))
    events = [change.keyed.wanted.event for change in outcome.data.plan.changes if change.keyed]
    return [f"{event.summary} {event.start:%d %H:%M}" for event in events], [p.value or "" for p in outcome.problems]


def test_a_person_and_the_hours_of_codes_are_asked_and_may_be_kept(service: CalendarService, tmp_path: Path) -> None:
    events, problems = asked(service, tmp_path, "hoa\n6h-14h\nkhông rõ\n8h-17h\nnghỉ\nquán Mộc\n")
    assert events == ["Ca S 01 06:00", "Ca HC 02 08:00"]
    assert problems == []
    kept = ProfileShelf(service.book).get("quan moc")
    assert kept.shifts == {"S": "6h-14h", "HC": "8h-17h", "X": "nghỉ"}


def test_an_empty_answer_leaves_a_question_open(service: CalendarService, tmp_path: Path) -> None:
    events, problems = asked(service, tmp_path, "mai\n8h-17h\n\n\n")
    assert events == ["Ca HC 01 08:00"]
    assert problems == ["S"]
    assert ProfileShelf(service.book).all() == ()
    with pytest.raises(InputError):
        asked(service, tmp_path, "\n")


def asked_of(service: CalendarService, path: Path, typed: str) -> list[str]:
    choices = Choices(parse_target("local", None, None, folder=path.parent), ReadOptions(date(2026, 11, 22)))
    ask = Ask(Say(Messages("vi"), Screen(Terminal(), {}), Screen(Terminal(), {})), Terminal(typed))
    outcome = read_asking(ask, ProfileShelf(service.book), choices, lambda chosen: service.preview(path, chosen))
    events = [change.keyed.wanted.event for change in outcome.data.plan.changes if change.keyed]
    return [f"{event.summary} {event.start:%d %H:%M} {event.location}".strip() for event in events]


def test_unknown_columns_are_asked_one_by_one_and_may_be_kept(service: CalendarService, tmp_path: Path) -> None:
    path = tmp_path / "so.csv"
    path.write_text("Hôm nào,Lúc,Vụ gì,Với ai,Chốn\n24/11/2026,8h30,Ký giấy,cô Út,VP\n", encoding="utf-8")
    # a day, a time, a title, passed over, and of the texts that are left the place
    assert asked_of(service, path, "1\n1\n1\n\n1\nsổ hẹn\n") == ["Ký giấy 24 08:30 VP"]
    assert ProfileShelf(service.book).get("so hen").headings == {
        "Hôm nào": "date",
        "Lúc": "time",
        "Vụ gì": "title",
        "Chốn": "place",
    }
    with pytest.raises(InputError):
        asked_of(service, path, "\n\n\n\n\n")


def test_the_clock_of_lessons_is_asked_once_and_may_be_kept(service: CalendarService, tmp_path: Path) -> None:
    path = tmp_path / "tkb.csv"
    path.write_text("Ngày,Tiết,Môn\n24/11/2026,1-2,Toán\n25/11/2026,2,Văn\n", encoding="utf-8")
    assert asked_of(service, path, "7h-7h45\nsớm\n7h50-8h35\ntrường em\n") == ["Toán 24 07:00", "Văn 25 07:50"]
    assert ProfileShelf(service.book).get("trường em").lessons == {"1": "7h-7h45", "2": "7h50-8h35"}
    assert asked_of(service, path, "\n") == ["Toán 24 00:00", "Văn 25 00:00"]


def test_the_weeks_of_a_timetable_without_dates_are_asked(service: CalendarService, tmp_path: Path) -> None:
    path = tmp_path / "tkb.csv"
    path.write_text("Giờ,Thứ 2,Thứ 3,Thứ 4\n7h-8h,Toán,,Văn\n", encoding="utf-8")
    assert asked_of(service, path, "không nhớ\n30/11/2026\n20/12/2026\n") == ["Toán 30 07:00", "Văn 02 07:00"]
    with pytest.raises(InputError) as refused:
        asked_of(service, path, "\n")
    assert refused.value.problem.code == "calendar.grid_without_weeks"
    with pytest.raises(InputError):  # a grid needs both ends, and isn't asked about twice
        asked_of(service, path, "30/11/2026\n\n")


def test_the_first_day_of_weekly_rows_is_asked_once_for_all(service: CalendarService, tmp_path: Path) -> None:
    path = tmp_path / "viec.csv"
    path.write_text("Việc,Khi nào\nĐổ rác,Thứ 2 hàng tuần\nLau nhà,Thứ 7 hằng tuần\n", encoding="utf-8")
    assert asked_of(service, path, "23/11/2026\n31/12/2026\n") == ["Đổ rác 23 00:00", "Lau nhà 28 00:00"]
    assert asked_of(service, path, "\n") == []
