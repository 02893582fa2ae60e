"""A26: a key result, a promise or a stage that is typed to keep the program busy doesn't."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

import pytest

from toolkit.kpi.cli import okr
from toolkit.kpi.people.stages import stage_of
from toolkit.kpi.service.finding import digits_of, someone

if TYPE_CHECKING:
    from running import Cli

HOSTILE = (
    "từ " * 66,
    "a từ 1 lên " * 18,
    "từ 8 lên" + " " * 150,
    "x" * 150 + " từ 1 " * 8,
    "từ tu from " * 18,
    ": , " * 50,
)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_key_result_is_read_or_refused_at_once(text: str) -> None:
    began = monotonic()
    okr._FROM_TO.fullmatch(text[:200])
    assert monotonic() - began < 1


@pytest.mark.parametrize("command", [("okr", "add"), ("okr", "result", "add", "1"), ("promises", "add")])
def test_more_words_than_a_name_has_are_refused(command: tuple[str, ...], cli: Cli) -> None:
    assert cli("kpi", *command, *["từ 1 lên 2"] * 5000).exit_code == 2


@pytest.mark.parametrize("text", ["0" * 100_000, "+84" * 50_000, "hoa " * 50_000])
def test_long_names_take_no_time(text: str) -> None:
    began = monotonic()
    stage_of(text)
    digits_of(text)
    with pytest.raises(Exception, match="person_unknown"):
        someone([], text)
    assert monotonic() - began < 1
