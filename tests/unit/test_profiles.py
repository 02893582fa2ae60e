"""Profiles: hours under a name, typed as people type them; examples are copied, never applied."""

from __future__ import annotations

from datetime import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.calendar.profiles.model import Profile, entry
from toolkit.calendar.profiles.shelf import ProfileShelf, example, examples
from toolkit.core.errors import ConflictError, UsageError


class Memory:
    """A book that forgets at the end of the test."""

    def __init__(self) -> None:
        self.bodies: dict[str, str] = {}

    def profiles(self) -> dict[str, str]:
        return self.bodies

    def keep_profile(self, name: str, body: str) -> None:
        self.bodies[name] = body

    def forget_profile(self, name: str) -> None:
        del self.bodies[name]


@pytest.mark.parametrize(
    ("kind", "typed", "name", "hours"),
    [
        ("lesson", "1=07:00-07:45", "1", "07:00-07:45"),
        ("lesson", "Tiết 02 = 7h50-8h35", "2", "7h50-8h35"),
        ("shift", "sáng=06:00-14:00", "sáng", "06:00-14:00"),
        ("shift", "HC=7h30-11h30, 13h30-17h", "HC", "7h30-11h30, 13h30-17h"),
        ("shift", "P=nghỉ phép", "P", "nghỉ phép"),
        ("session", "buổi chiều=13:00-17:00", "chiều", "13:00-17:00"),
    ],
)
def test_an_entry_is_a_name_and_its_hours(kind: str, typed: str, name: str, hours: str) -> None:
    assert entry(kind, typed) == (name, hours)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "typed", "code"),
    [
        ("shift", "sáng", "calendar.profile_entry_unclear"),
        ("shift", "=6h-14h", "calendar.profile_entry_unclear"),
        ("shift", "S=6h", "calendar.profile_entry_unclear"),
        ("shift", "T=2h-10h", "calendar.profile_entry_unclear"),  # the night's or the afternoon's
        ("shift", "T=16h30-7h30", "calendar.profile_entry_unclear"),  # "hôm sau" has to be said
        ("lesson", "1=7h-8h, 9h-10h", "calendar.profile_entry_unclear"),
        ("lesson", "99=7h-8h", "calendar.profile_lesson_number"),
        ("session", "xế=7h-8h", "calendar.profile_session_name"),
    ],
)
def test_what_is_no_name_with_hours_is_refused(kind: str, typed: str, code: str) -> None:
    with pytest.raises(UsageError) as refused:
        entry(kind, typed)  # type: ignore[arg-type]
    assert refused.value.problem.code == code


def test_a_profile_gives_a_reading_its_hours() -> None:
    hours = Profile.of(
        "x", ["1=7h-7h45"], ["Đ=22h-6h", "D=6h-14h", "HC=8h-12h, 13h-17h", "P=nghỉ"], ["tối=18h-21h"]
    ).hours()
    assert hours.lessons == {1: (time(7), time(7, 45))}
    assert hours.sessions == {"toi": (time(18), time(21))}
    assert hours.shifts == {}  # without its mark the one could be the other, and two ranges are for rosters
    assert {code: len(shift.ranges) for code, shift in hours.codes.items()} == {"đ": 1, "d": 1, "hc": 2, "p": 0}


def test_adding_to_a_profile_replaces_what_has_the_same_name() -> None:
    shelf = ProfileShelf(Memory())
    shelf.add(Profile.of("Quán Mộc", shifts=["S=6h-14h", "C=14h-22h"]))
    shelf.add(Profile.of("quan moc", shifts=["s=7h-15h"]))
    assert [one.name for one in shelf.all()] == ["Quán Mộc"]
    assert shelf.get("QUÁN MỘC").shifts == {"C": "14h-22h", "s": "7h-15h"}
    shelf.remove("quán mộc")
    with pytest.raises(ConflictError) as refused:
        shelf.get("quán mộc")
    assert refused.value.problem.code == "calendar.profile_unknown"


def test_every_example_can_be_read_and_typed() -> None:
    assert {one.name for one in examples()} == {"benh-vien", "cua-hang", "dai-hoc", "trung-hoc"}
    for one in examples():
        typed = Profile.of(
            one.name,
            [f"{name}={hours}" for name, hours in one.lessons.items()],
            [f"{name}={hours}" for name, hours in one.shifts.items()],
            [f"{name}={hours}" for name, hours in one.sessions.items()],
        )
        assert typed == one
        assert Profile.from_json(one.name, one.to_json()) == one
        lessons = sorted(one.hours().lessons.items())
        assert all(a[1] <= b[0] for (_, a), (_, b) in pairwise(lessons))
    assert example("Đại-học").name == "dai-hoc"
    with pytest.raises(ConflictError):
        example("nhà máy")


@given(st.sampled_from(["lesson", "shift", "session"]), st.text(max_size=60))
def test_anything_typed_is_an_entry_or_a_clear_refusal(kind: str, typed: str) -> None:
    try:
        name, hours = entry(kind, typed)  # type: ignore[arg-type]
    except UsageError:
        return
    assert name
    assert hours
