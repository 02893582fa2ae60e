"""Where an import goes, from what the member types."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.calendar.targets import DEFAULT_CALENDAR, TargetSpec, opener, parse_target, target_of
from toolkit.core.errors import UsageError

HERE = Path("/nhà/lịch")


@pytest.mark.parametrize(
    ("typed", "calendar", "wanted"),
    [
        ("local", None, TargetSpec("local", DEFAULT_CALENDAR)),
        (" local ", "Việc nhà", TargetSpec("local", "Việc nhà")),
        ("google", None, TargetSpec("google", DEFAULT_CALENDAR)),
        ("ics:ra.ics", None, TargetSpec("ics", DEFAULT_CALENDAR, "/nhà/lịch/ra.ics")),
        ("ics:../ra.ics", None, TargetSpec("ics", DEFAULT_CALENDAR, "/nhà/ra.ics")),
        ("ics:/đâu đó/a:b.ics", None, TargetSpec("ics", DEFAULT_CALENDAR, "/đâu đó/a:b.ics")),
    ],
)
def test_a_target_is_understood(typed: str, calendar: str | None, wanted: TargetSpec) -> None:
    assert parse_target(typed, calendar, folder=HERE) == wanted


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("ics:", "calendar.target_without_path"),
        ("ics: ", "calendar.target_without_path"),
        ("gmail", "calendar.unknown_target"),
        ("local:x", "calendar.unknown_target"),
        ("", "calendar.unknown_target"),
    ],
)
def test_what_is_no_target_is_refused(typed: str, code: str) -> None:
    with pytest.raises(UsageError) as refused:
        parse_target(typed, folder=HERE)
    assert refused.value.problem.code == code


def test_an_account_belongs_to_google_alone() -> None:
    assert parse_target("google", "Học", "cong-ty", folder=HERE) == TargetSpec("google", "Học", account="cong-ty")
    for typed in ("local", "ics:ra.ics"):
        with pytest.raises(UsageError) as refused:
            parse_target(typed, None, "cong-ty", folder=HERE)
        assert refused.value.problem.code == "calendar.account_without_google"


def test_calendars_of_one_name_in_two_accounts_are_two_in_the_journal() -> None:
    mine, work = TargetSpec("google", "Học"), TargetSpec("google", "Học", account="cong-ty@x")
    assert mine.id != work.id
    assert target_of(work.id) == work
    assert target_of(mine.id) == mine


@given(st.sampled_from(["local", "google"]), st.text(min_size=1))
def test_the_name_in_the_journal_finds_the_calendar_again(kind: str, calendar: str) -> None:
    spec = TargetSpec("local" if kind == "local" else "google", calendar)
    assert target_of(spec.id) == spec


def test_the_name_in_the_journal_finds_the_file_again_whatever_it_calls_itself() -> None:
    spec = TargetSpec("ics", "Việc nhà", "/đâu đó/a:b.ics")
    assert (target_of(spec.id).kind, target_of(spec.id).path) == ("ics", spec.path)
    assert TargetSpec("ics", "Tên khác", spec.path).id == spec.id


def test_a_kind_that_this_program_cannot_open_is_refused() -> None:
    with pytest.raises(UsageError):
        opener({})(TargetSpec("google"))
