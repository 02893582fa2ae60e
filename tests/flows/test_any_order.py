"""Sheet edited, imported, event edited by hand, process killed, resumed, undone, in any order: nothing lost or doubled.

On this machine and in an .ics file; `test_any_order_on_google.py` does the same on a Google Calendar that is out of
order itself.
"""

from __future__ import annotations

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from builders.any_order import CalendarMachine


class LocalMachine(CalendarMachine):
    kind = "local"


class IcsMachine(CalendarMachine):
    kind = "ics"


@pytest.mark.timeout(900)
def test_two_thousand_steps_in_any_order_on_this_machine() -> None:
    run_state_machine_as_test(LocalMachine, settings=settings(max_examples=110, stateful_step_count=30))
    assert LocalMachine.steps >= 2000


@pytest.mark.timeout(900)
def test_five_hundred_steps_in_any_order_in_a_file() -> None:
    run_state_machine_as_test(IcsMachine, settings=settings(max_examples=40, stateful_step_count=20))
    assert IcsMachine.steps >= 500
