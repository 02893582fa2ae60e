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
