"""How a doctor's findings are shown to a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.shell.blocks import Block, Cell, Column, Table, Words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from toolkit.core.checkup import Report
    from toolkit.core.outcome import Param


def report_view(
    label: Callable[[str], Cell], shown: Callable[[Mapping[str, Param]], Mapping[str, Cell]] = dict
) -> Callable[[Report], Iterable[Block]]:
    """A table of the lines. `label` names a check, `shown` says how the parameters of its sentence are written."""

    def view(report: Report) -> Iterator[Block]:
        yield Table(
            (Column(""), Column(Words("shell.check_heading")), Column("")),
            [
                (label(one.name), Words(f"shell.check_{one.state}"), Words(one.code, **shown(one.params)))
                for one in report.checks
            ],
        )

    return view
